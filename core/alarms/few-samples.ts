import type { AlarmCondition } from './alarm-condition.ts';
import type { Datapoint } from './datapoint.ts';

/**
 * How many samples a period needs for a percentile to say something: ten beyond it, so 1000 for p99 and 200 for p95. The
 * numbers are CloudWatch's ("Percentile-based alarms and low data samples").
 */
export function significantSamples(percentile: string): number {
  const p = Number(percentile.slice(1));
  // 100 - 99.9 is a little less than 0.1.
  return Math.ceil(Number((1000 / Math.min(p, 100 - p)).toPrecision(9)));
}

/**
 * Whether an alarm stays as it is, because its newest period holds some samples and too few. A period without any is
 * missing data, which is another matter. AWS speaks of too few "during the evaluation period" and leaves open whether it
 * means the whole window; we take the newest period. So no alarm changes its state while its newest period holds too few;
 * the percentiles of older such periods are datapoints like any others, once the newest holds enough, or none.
 * @param samples how many the newest period holds
 */
export const tooFewSamples = ({ fewestSamples }: AlarmCondition, samples: Datapoint): boolean =>
  fewestSamples !== undefined && samples !== undefined && samples < fewestSamples;
