import type { AlarmState, AlarmTransitionMessage } from '../../events/alarm-transition.ts';
import type { Comparison } from '../rules/rule.ts';
import type { Alarm } from './alarm.ts';
import type { Datapoint } from './datapoint.ts';
import { breaches } from './evaluate.ts';

/** The message that CloudWatch would publish for this transition, for the laptop and the simulator. */
export const transitionMessage = (
  alarm: Alarm,
  change: { from: AlarmState; to: AlarmState; at: number; range: readonly Datapoint[] },
): AlarmTransitionMessage => ({
  AlarmName: alarm.name,
  NewStateValue: change.to,
  OldStateValue: change.from,
  NewStateReason: reason(alarm, change),
  StateChangeTime: new Date(change.at).toISOString().replace('Z', '+0000'),
});

const inWords: Record<Comparison, string> = {
  below: 'less than',
  atOrBelow: 'less than or equal to',
  above: 'greater than',
  atOrAbove: 'greater than or equal to',
};

/** The reason in the wording of CloudWatch, newest datapoint first. The value is parsed from it. */
function reason(
  alarm: Alarm,
  change: { from: AlarmState; to: AlarmState; at: number; range: readonly Datapoint[] },
): string {
  const real = change.range
    .map((value, i) => ({ value, at: change.at - (change.range.length - i) * alarm.periodSeconds * 1000 }))
    .filter((point): point is { value: number; at: number } => point.value !== undefined)
    .slice(-alarm.evaluationPeriods)
    .reverse();
  if (change.to === 'INSUFFICIENT_DATA')
    return `Insufficient Data: ${alarm.evaluationPeriods} datapoints were unknown.`;
  if (real.length === 0) {
    return `Threshold Crossed: no datapoints were received for ${alarm.evaluationPeriods} periods and ${alarm.evaluationPeriods} missing datapoints were treated as [${alarm.missingData === 'breaching' ? 'Breaching' : 'NonBreaching'}].`;
  }
  const crossing = real.filter(({ value }) => breaches(alarm, value) === (change.to === 'ALARM'));
  const list = real.map(({ value, at }) => `${decimal(value)} (${stamp(at)})`).join(', ');
  return `Threshold Crossed: ${crossing.length} out of the last ${real.length} datapoints [${list}] was ${change.to === 'ALARM' ? '' : 'not '}${inWords[alarm.comparison]} the threshold (${decimal(alarm.threshold)}) (minimum ${alarm.datapointsToAlarm} datapoints for ${change.from} -> ${change.to} transition).`;
}

const decimal = (value: number) => (Number.isInteger(value) ? value.toFixed(1) : String(value));

/** `21/11/26 02:12:00`, in UTC as CloudWatch writes it. */
function stamp(at: number): string {
  const [year, month, rest] = new Date(at).toISOString().slice(2, 19).split('-') as [string, string, string];
  return `${rest.slice(0, 2)}/${month}/${year} ${rest.slice(3)}`;
}
