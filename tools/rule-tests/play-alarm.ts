import type { AlarmCondition } from '../../core/alarms/alarm-condition.ts';
import type { Datapoint } from '../../core/alarms/datapoint.ts';
import type { AlarmState } from '../../events/alarm-transition.ts';
import { datapointGrid, playRecording } from '../backtest/play-recording.ts';
import { RecordingBuilder } from '../backtest/recording.ts';

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
 * @param samples how many samples each value stands for; without it, enough
 * @returns every change of state, oldest first
 */
export function playAlarm(
  alarm: AlarmCondition,
  series: readonly Datapoint[],
  intervalSeconds: number,
  untilSeconds: number,
  samples?: readonly Datapoint[],
): StateChange[] {
  const span = { start: 0, end: untilSeconds * 1000 };
  const gridOf = (values: readonly Datapoint[], statistic: AlarmCondition['statistic']) => {
    const points = new RecordingBuilder();
    for (const [i, value] of values.entries()) if (value !== undefined) points.add(i * intervalSeconds * 1000, value);
    return datapointGrid({ ...alarm, statistic }, points.build(), span);
  };
  const changes = playRecording(alarm, gridOf(series, alarm.statistic), span, samples && gridOf(samples, 'Sum'));
  return changes.map((change) => ({ ...change, at: change.at / 1000 }));
}

/** The state at a moment, seconds since the start. */
export const stateAt = (changes: readonly StateChange[], at: number): AlarmState =>
  changes.findLast((change) => change.at <= at)?.to ?? 'INSUFFICIENT_DATA';
