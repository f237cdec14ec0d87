import type { AlarmCondition } from './alarm-condition.ts';
import type { Datapoint } from './datapoint.ts';
import { breaches } from './evaluate.ts';

/**
 * Whether the newest of these datapoints, oldest first, says that the target has recovered. An alarm alone does not: with
 * values missing, CloudWatch turns it to OK also by a value that breaches. Of a period without a value the rule's policy
 * decides: with `notBreaching` it is good, else it says nothing and the last value before it counts.
 */
export function recovers(condition: AlarmCondition, range: readonly Datapoint[]): boolean {
  if (range.at(-1) === undefined && condition.missingData === 'notBreaching') return true;
  const newest = range.findLast((point) => point !== undefined);
  return newest !== undefined && !breaches(condition, newest);
}
