import { type Alarm, findAlarm } from '../../core/alarms/alarm.ts';
import { type Datapoint, datapoints, type Point } from '../../core/alarms/datapoint.ts';
import { breaches, evaluationRange } from '../../core/alarms/evaluate.ts';
import { recovers } from '../../core/alarms/recovers.ts';
import { transitionMessage } from '../../core/alarms/transition-message.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { alarmCircumstances } from '../../core/incidents/circumstances.ts';
import { isDue } from '../../core/incidents/due-at.ts';
import type { Signal } from '../../core/incidents/signal.ts';
import { step } from '../../core/incidents/step.ts';
import { settingsOf } from '../../core/incidents/step-context.ts';
import type { WatchedMetricRule } from '../../core/incidents/watched-rule.ts';
import { formatDuration } from '../../core/time/duration.ts';
import { alarmTransition } from '../../events/alarm-transition.ts';
import { type Notified, type Play, recordNotifications } from './play.ts';
import { playAlarm, type StateChange, stateAt } from './play-alarm.ts';

/**
 * Plays a series: the alarm of the rule evaluates it as CloudWatch does, and the state machine of the router decides which
 * notifications are sent.
 * @param samples the number of samples of each value. @default enough for any percentile
 */
export function playMetricRule(
  document: MonitoringDocument,
  watch: WatchedMetricRule,
  series: readonly Datapoint[],
  intervalSeconds: number,
  until: number,
  samples?: readonly Datapoint[],
): Play {
  const alarm = findAlarm(document, watch.alarm)!;
  const changes = playAlarm(alarm, series, intervalSeconds, until, samples);
  return {
    notified: notificationsOf(document, watch, { alarm, series, intervalSeconds, changes }, until),
    stateAt: (at) => stateAt(changes, at),
    strip: (at) => strip(alarm, series, intervalSeconds, changes, at),
  };
}

/** The input of an alarm, and its state changes. */
interface Played {
  alarm: Alarm;
  series: readonly Datapoint[];
  intervalSeconds: number;
  changes: readonly StateChange[];
}

/** The notifications that are sent: at each state change, and at the sweep of each minute. */
function notificationsOf(
  document: MonitoringDocument,
  watch: WatchedMetricRule,
  { alarm, series, intervalSeconds, changes }: Played,
  until: number,
): readonly Notified[] {
  const { notified, group, record } = recordNotifications(watch.key);
  const pointsBetween = (from: number, to: number): Point[] => {
    const first = Math.max(0, Math.ceil(from / intervalSeconds));
    return series
      .slice(first, Math.ceil(to / intervalSeconds))
      .flatMap((value, i) => (value === undefined ? [] : [{ at: (first + i) * intervalSeconds * 1000, value }]));
  };
  /** Whether the values of an incident whose alarm became OK too early have stopped breaching. */
  const hasRecovered = (at: number) => {
    const { periodSeconds, statistic } = alarm;
    const [end, count] = [Math.floor(at / periodSeconds) * periodSeconds, evaluationRange(alarm)];
    const points = pointsBetween(end - count * periodSeconds, end);
    const range = datapoints(points, { end: end * 1000, periodSeconds, count, statistic });
    return recovers(alarm, range);
  };
  /** Runs the sweeps of the minutes in `[from, to)`. Without an open incident nothing is due, so it stops at once. */
  const sweep = (from: number, to: number) => {
    for (let at = Math.ceil(from / 60) * 60; at < to; at += 60) {
      const current = group();
      if (!current.incident) return;
      const now = at * 1000;
      const recovered = isDue(current.incident.recheckAt, now) && hasRecovered(at);
      const signal: Signal = recovered ? { type: 'recovery', at: now } : { type: 'time' };
      const next = step(current, signal, { now, settings: settingsOf(watch.rule) });
      if (next !== current) record(next, at);
    }
  };
  let swept = 0;
  for (const change of changes) {
    // A state change in the minute of a sweep is handled before the sweep.
    sweep(swept, change.at);
    swept = change.at;
    const now = change.at * 1000;
    const transition = alarmTransition.parse(transitionMessage(alarm, { ...change, at: now }));
    const circumstances = alarmCircumstances(document, watch, transition);
    record(step(group(), { type: 'alarm', transition }, { ...circumstances, now }), change.at);
  }
  sweep(swept, until + 1);
  return notified;
}

/** Ten values before a point in time and three after it, the threshold, and the state changes near it. */
function strip(
  alarm: Alarm,
  series: readonly Datapoint[],
  interval: number,
  changes: readonly StateChange[],
  at: number,
): string {
  const middle = Math.floor(at / interval);
  const from = Math.max(0, middle - 10);
  const cells = series.slice(from, middle + 3).map((value, i) => {
    const text = value === undefined ? '_' : `${value}${breaches(alarm, value) ? '!' : ''}`;
    return from + i === middle ? `[${text}]` : text;
  });
  const near = changes.filter((change) => change.at > at - 12 * interval && change.at <= at + 3 * interval);
  const ends = `the series ends after ${formatDuration(series.length * interval)}`;
  return [
    `  values from ${formatDuration(from * interval)} on: ${cells.join(' ') || `none, ${ends}`}   (! breaches: ${alarm.comparison} ${alarm.threshold})`,
    `  ${alarm.datapointsToAlarm} of ${alarm.evaluationPeriods} datapoints of ${formatDuration(alarm.periodSeconds)}; changes: ${near.map((change) => `${change.to} after ${formatDuration(change.at)}`).join(', ') || 'none nearby'}`,
  ].join('\n');
}
