import type { AlarmState } from '../../events/alarm-transition.ts';
import type { AlarmCondition } from './alarm-condition.ts';
import type { Datapoint } from './datapoint.ts';

/**
 * How many periods CloudWatch looks at: more than N, so that real points from before a gap can stand in for missing ones.
 * AWS does not publish the number; every documented example fits N + 2, and that is what we take.
 */
export const evaluationRange = (condition: Pick<AlarmCondition, 'evaluationPeriods'>): number =>
  condition.evaluationPeriods + 2;

/** How often CloudWatch evaluates, in seconds: every 10 for high-resolution periods, hourly past a day, else each minute. */
export function evaluationInterval({ periodSeconds, evaluationPeriods }: AlarmCondition): number {
  if (periodSeconds < 60) return 10;
  return periodSeconds * evaluationPeriods > 86_400 ? 3600 : 60;
}

/**
 * The state of an alarm after the datapoints of its evaluation range, oldest first. Follows CloudWatch's documented
 * semantics ("How alarms evaluate missing data"): enough real points decide alone; the policy fills only what is missing
 * of N; and a few old breaches alarm early, when all that is known breaches and has done so for M periods.
 *
 * AWS leaves open whether a breach that is older than N periods, but still in the range, counts for the last rule. We let
 * it count: a metric that stops while it breaches then stays in ALARM until its last point has left the range, and is
 * never called OK by silence.
 */
export function evaluate(condition: AlarmCondition, range: readonly Datapoint[], previous: AlarmState): AlarmState {
  const { evaluationPeriods: n, datapointsToAlarm: m, missingData } = condition;
  // From the newest back, until there are N real points: a month of minutes comes through here, so nothing is allocated.
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
