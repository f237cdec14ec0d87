import type { MetricRule } from '../rules/rule.ts';

/** One value that was published, before aggregation. */
export interface Point {
  /** Epoch milliseconds. */
  at: number;
  value: number;
}

/** An aggregated datapoint: the value of one period, or undefined where nothing was published. */
export type Datapoint = number | undefined;

/**
 * The datapoints of the `count` periods that end at `end`, oldest first. Periods are counted back from the end (a sliding
 * window), so that five-minute periods evaluated each minute overlap as CloudWatch's do. The order of `points` is of no
 * account.
 */
export function datapoints(
  points: readonly Point[],
  window: { end: number; periodSeconds: number; count: number; statistic: MetricRule['statistic'] },
): Datapoint[] {
  const length = window.periodSeconds * 1000;
  const slots: number[][] = Array.from({ length: window.count }, () => []);
  for (const point of points) {
    const slot = window.count - Math.ceil((window.end - point.at) / length);
    slots[slot]?.push(point.value);
  }
  return slots.map((values) => (values.length === 0 ? undefined : aggregate(values, window.statistic)));
}

/** One statistic of the values of a period. */
function aggregate(values: readonly number[], statistic: MetricRule['statistic']): number {
  const sum = () => values.reduce((total, value) => total + value, 0);
  switch (statistic) {
    case 'Minimum':
      return values.reduce((a, b) => Math.min(a, b));
    case 'Maximum':
      return values.reduce((a, b) => Math.max(a, b));
    case 'Sum':
      return sum();
    case 'SampleCount':
      return values.length;
    case 'Average':
      return sum() / values.length;
    default:
      return percentile(values, Number(statistic.slice(1)));
  }
}

/** Linear interpolation between the closest ranks. AWS does not say how CloudWatch does it; samples as few as ours differ little. */
function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (p / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(rank)]!;
  return below + (sorted[Math.ceil(rank)]! - below) * (rank % 1);
}
