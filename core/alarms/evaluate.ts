import type { AlarmState } from '../../events/alarm-transition.ts';
import type { Comparison } from '../rules/rule.ts';
import type { AlarmCondition } from './alarm.ts';
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
  const isBreach = (point: Datapoint) => point !== undefined && breaches(condition, point);
  const real = range.filter((point) => point !== undefined);

  if (real.length >= n) return real.slice(-n).filter(isBreach).length >= m ? 'ALARM' : 'OK';
  if (real.length === 0) return withoutData(missingData, previous);

  const breaching = real.filter(isBreach).length;
  if (missingData === 'breaching') return breaching + (n - real.length) >= m ? 'ALARM' : 'OK';
  if (breaching >= m) return 'ALARM';
  if (missingData === 'notBreaching') return 'OK';

  const oldestBreach = range.findIndex(isBreach);
  const premature = breaching === real.length && range.length - oldestBreach >= m;
  if (!premature) return 'OK';
  return missingData === 'ignore' ? previous : 'ALARM';
}

/** Whether a value is on the wrong side of the threshold. */
export function breaches(
  { comparison, threshold }: Pick<AlarmCondition, 'comparison' | 'threshold'>,
  value: number,
): boolean {
  const compare: Record<Comparison, boolean> = {
    below: value < threshold,
    atOrBelow: value <= threshold,
    above: value > threshold,
    atOrAbove: value >= threshold,
  };
  return compare[comparison];
}

function withoutData(policy: AlarmCondition['missingData'], previous: AlarmState): AlarmState {
  const states = { missing: 'INSUFFICIENT_DATA', ignore: previous, breaching: 'ALARM', notBreaching: 'OK' } as const;
  return states[policy];
}
