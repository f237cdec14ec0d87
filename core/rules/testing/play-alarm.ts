import type { AlarmState } from '../../../events/alarm-transition.ts';
import type { Alarm } from '../../alarms/alarm.ts';
import { type Datapoint, datapoints } from '../../alarms/datapoint.ts';
import { evaluate, evaluationInterval, evaluationRange } from '../../alarms/evaluate.ts';

/** The state of an alarm from a moment on, and the datapoints that led to it. */
export interface StateChange {
  /** Seconds since the start. */
  at: number;
  from: AlarmState;
  to: AlarmState;
  range: readonly Datapoint[];
}

/**
 * Plays a series through an alarm, from its creation on: value i is published at i × interval, and is first seen by the
 * evaluation after it, when its period is over. Evaluations go on until the last value has left the range.
 * @param series a value an interval, or nothing
 * @returns every change of state, oldest first
 */
export function playAlarm(
  alarm: Alarm,
  series: readonly Datapoint[],
  intervalSeconds: number,
  untilSeconds: number,
): StateChange[] {
  const points = series.flatMap((value, i) => (value === undefined ? [] : [{ at: i * intervalSeconds * 1000, value }]));
  const count = evaluationRange(alarm);
  const rangeMs = count * alarm.periodSeconds * 1000;
  const everySeconds = evaluationInterval(alarm);
  const changes: StateChange[] = [];
  let state: AlarmState = 'INSUFFICIENT_DATA';
  let first = 0;
  let last = 0;
  for (let at = everySeconds; at <= untilSeconds; at += everySeconds) {
    // Two indexes walk along, so that a month of minutes costs a month of steps.
    while (last < points.length && points[last]!.at < at * 1000) last += 1;
    while (first < last && points[first]!.at < at * 1000 - rangeMs) first += 1;
    const range = datapoints(points.slice(first, last), {
      end: at * 1000,
      periodSeconds: alarm.periodSeconds,
      count,
      statistic: alarm.statistic,
    });
    const next = evaluate(alarm, range, state);
    if (next === state) continue;
    changes.push({ at, from: state, to: next, range });
    state = next;
  }
  return changes;
}

/** The state at a moment, seconds since the start. */
export const stateAt = (changes: readonly StateChange[], at: number): AlarmState =>
  changes.findLast((change) => change.at <= at)?.to ?? 'INSUFFICIENT_DATA';
