import type { AlarmCondition } from './alarm-condition.ts';
import type { Datapoint } from './datapoint.ts';
import { breaches } from './evaluate.ts';

/**
 * Whether the newest of these datapoints, oldest first, shows that the target has recovered. The alarm state is not enough:
 * with missing data, CloudWatch can turn an alarm to OK although the last value breaches. For a period without a value the
 * missing-data policy decides: with `notBreaching` it has recovered, otherwise the last existing value counts.
 */
export function recovers(condition: AlarmCondition, range: readonly Datapoint[]): boolean {
  if (range.at(-1) === undefined && condition.missingData === 'notBreaching') return true;
  const newest = range.findLast((point) => point !== undefined);
  return newest !== undefined && !breaches(condition, newest);
}
