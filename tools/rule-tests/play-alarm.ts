import type { AlarmCondition } from '../../core/alarms/alarm-condition.ts';
import type { Datapoint } from '../../core/alarms/datapoint.ts';
import type { AlarmState } from '../../events/alarm-transition.ts';
import { datapointGrid, playRecording } from '../backtest/play-recording.ts';
import { RecordingBuilder } from '../backtest/recording.ts';

/** A change of the state of an alarm, with the datapoints that caused it. */
export interface StateChange {
  /** Seconds since the start. */
  at: number;
  from: AlarmState;
  to: AlarmState;
  range: readonly Datapoint[];
}

/**
 * Plays a series through an alarm, starting when the alarm is created. Value i is published at i × interval. The first
 * evaluation that includes it is the one after its period has ended. Evaluation continues until the last value has left
 * the evaluation range.
 * @param series one value per interval, or undefined for missing data
 * @param samples the number of samples of each value. @default enough
 * @returns all state changes, oldest first
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

/** The state at a point in time, in seconds since the start. */
export const stateAt = (changes: readonly StateChange[], at: number): AlarmState =>
  changes.findLast((change) => change.at <= at)?.to ?? 'INSUFFICIENT_DATA';
