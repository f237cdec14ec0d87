import type { MetricRule } from '../rules/rule.ts';

/** One published value, before aggregation. */
export interface Point {
  /** Epoch milliseconds. */
  at: number;
  value: number;
}

/** An aggregated datapoint: the value of one period, or undefined if nothing was published. */
export type Datapoint = number | undefined;

/**
 * The datapoints of the `count` periods that end at `end`, oldest first. Periods are counted back from the end (a sliding
 * window), so that five-minute periods that are evaluated each minute overlap, as in CloudWatch. `points` can have any order.
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
  return slots.map((values) => aggregate(values, 0, values.length, window.statistic));
}

/** One statistic of the values `[from, to)` of a period. Undefined if there are none. */
export function aggregate(
  values: ArrayLike<number>,
  from: number,
  to: number,
  statistic: MetricRule['statistic'],
): Datapoint {
  if (from >= to) return undefined;
  switch (statistic) {
    case 'Minimum':
      return fold(values, from, to, Math.min);
    case 'Maximum':
      return fold(values, from, to, Math.max);
    case 'Sum':
      return fold(values, from, to, add);
    case 'SampleCount':
      return to - from;
    case 'Average':
      return fold(values, from, to, add) / (to - from);
    default:
      return percentile(values, from, to, Number(statistic.slice(1)));
  }
}

const add = (a: number, b: number) => a + b;

function fold(values: ArrayLike<number>, from: number, to: number, join: (a: number, b: number) => number): number {
  let result = values[from]!;
  for (let i = from + 1; i < to; i += 1) result = join(result, values[i]!);
  return result;
}

/** Linear interpolation between the closest ranks. AWS does not document its method; with few samples the difference is small. */
function percentile(values: ArrayLike<number>, from: number, to: number, p: number): number {
  const sorted = Float64Array.from({ length: to - from }, (_, i) => values[from + i]!).sort();
  const rank = (p / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(rank)]!;
  // A whole rank returns the value unchanged: adding zero would turn -0 into 0.
  return rank % 1 === 0 ? below : below + (sorted[Math.ceil(rank)]! - below) * (rank % 1);
}
