import type { AlarmCondition } from './alarm-condition.ts';
import type { Datapoint } from './datapoint.ts';

/**
 * How many samples a period needs for a significant percentile: ten beyond it, so 1000 for p99 and 200 for p95. These are
 * the numbers of CloudWatch ("Percentile-based alarms and low data samples").
 */
export function significantSamples(percentile: string): number {
  const p = Number(percentile.slice(1));
  // 100 - 99.9 is a little less than 0.1.
  return Math.ceil(Number((1000 / Math.min(p, 100 - p)).toPrecision(9)));
}

/**
 * Whether an alarm keeps its state, because its newest period has some samples, but too few. A period without samples is
 * missing data, which is handled separately. AWS refers to too few samples "during the evaluation period" without stating
 * whether this is the whole window; the newest period is used here. So an alarm does not change its state while its newest
 * period has too few samples. Once the newest period has enough samples, or none, older periods count as any other datapoint.
 * @param samples the number of samples in the newest period
 */
export const tooFewSamples = ({ fewestSamples }: AlarmCondition, samples: Datapoint): boolean =>
  fewestSamples !== undefined && samples !== undefined && samples < fewestSamples;
