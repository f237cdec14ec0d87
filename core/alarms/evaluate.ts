import type { AlarmState } from '../../events/alarm-transition.ts';
import type { AlarmCondition } from './alarm-condition.ts';
import type { Datapoint } from './datapoint.ts';

/**
 * The number of periods in the evaluation range: more than N, so that datapoints from before a gap can replace missing ones.
 * AWS does not publish the number. N + 2 agrees with every documented example.
 */
export const evaluationRange = (condition: Pick<AlarmCondition, 'evaluationPeriods'>): number =>
  condition.evaluationPeriods + 2;

/** How often CloudWatch evaluates an alarm, in seconds: 10 for high-resolution periods, 3600 for windows of more than a day, otherwise 60. */
export function evaluationInterval({ periodSeconds, evaluationPeriods }: AlarmCondition): number {
  if (periodSeconds < 60) return 10;
  return periodSeconds * evaluationPeriods > 86_400 ? 3600 : 60;
}

/**
 * The state of an alarm for the datapoints of its evaluation range, oldest first. Follows the documented semantics of
 * CloudWatch ("How alarms evaluate missing data"): N existing datapoints decide alone; the missing-data policy fills only
 * what is missing of N; and an alarm fires early if all existing datapoints breach and the oldest is at least M periods old.
 *
 * AWS does not document whether a breach that is older than N periods, but still in the range, counts for the last rule. It
 * counts here: a metric that stops while it breaches stays in ALARM until its last datapoint has left the range, so that
 * missing data never turns it to OK.
 */
export function evaluate(condition: AlarmCondition, range: readonly Datapoint[], previous: AlarmState): AlarmState {
  const { evaluationPeriods: n, datapointsToAlarm: m, missingData } = condition;
  // From the newest datapoint back, until there are N existing ones. A month of minutes is evaluated here, so nothing is allocated.
  let [real, breaching, oldestBreach] = [0, 0, range.length];
  for (let i = range.length - 1; i >= 0 && real < n; i -= 1) {
    const point = range[i];
    if (point === undefined) continue;
    real += 1;
    if (!breaches(condition, point)) continue;
    breaching += 1;
    oldestBreach = i;
  }

  if (real === n) return breaching >= m ? 'ALARM' : 'OK';
  if (real === 0) return withoutData(missingData, previous);
  if (missingData === 'breaching') return breaching + (n - real) >= m ? 'ALARM' : 'OK';
  if (breaching >= m) return 'ALARM';
  if (missingData === 'notBreaching') return 'OK';

  const premature = breaching === real && range.length - oldestBreach >= m;
  if (!premature) return 'OK';
  return missingData === 'ignore' ? previous : 'ALARM';
}

/** Whether a value is on the wrong side of the threshold. */
export function breaches(
  { comparison, threshold }: Pick<AlarmCondition, 'comparison' | 'threshold'>,
  value: number,
): boolean {
  switch (comparison) {
    case 'below':
      return value < threshold;
    case 'atOrBelow':
      return value <= threshold;
    case 'above':
      return value > threshold;
    case 'atOrAbove':
      return value >= threshold;
  }
}

function withoutData(policy: AlarmCondition['missingData'], previous: AlarmState): AlarmState {
  const states = { missing: 'INSUFFICIENT_DATA', ignore: previous, breaching: 'ALARM', notBreaching: 'OK' } as const;
  return states[policy];
}
