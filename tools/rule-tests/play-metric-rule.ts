import { type Alarm, findAlarm } from '../../core/alarms/alarm.ts';
import { type Datapoint, datapoints, type Point } from '../../core/alarms/datapoint.ts';
import { breaches, evaluationRange } from '../../core/alarms/evaluate.ts';
import { recovers } from '../../core/alarms/recovers.ts';
import { transitionMessage } from '../../core/alarms/transition-message.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { alarmBrief } from '../../core/incidents/brief.ts';
import { onAlarm } from '../../core/incidents/on-alarm.ts';
import { isDue, onDue } from '../../core/incidents/on-time.ts';
import type { Watch } from '../../core/incidents/watch.ts';
import type { MetricRule } from '../../core/rules/rule.ts';
import { formatDuration } from '../../core/time/duration.ts';
import { alarmTransition } from '../../events/alarm-transition.ts';
import { listener, type Play, type Told } from './play.ts';
import { playAlarm, type StateChange, stateAt } from './play-alarm.ts';

/**
 * Plays a series: the rule's alarm evaluates it as CloudWatch would, and the router's own state machine says what people are told.
 * @param samples how many samples each value stands for; without it, enough for any percentile
 */
export function playMetricRule(
  document: MonitoringDocument,
  watch: Watch & { rule: MetricRule },
  series: readonly Datapoint[],
  intervalSeconds: number,
  until: number,
  samples?: readonly Datapoint[],
): Play {
  const alarm = findAlarm(document, watch.alarm)!;
  const changes = playAlarm(alarm, series, intervalSeconds, until, samples);
  return {
    told: messagesOf(document, watch, { alarm, series, intervalSeconds, changes }, until),
    stateAt: (at) => stateAt(changes, at),
    strip: (at) => strip(alarm, series, intervalSeconds, changes, at),
  };
}

/** What went into an alarm, and how it changed. */
interface Played {
  alarm: Alarm;
  series: readonly Datapoint[];
  intervalSeconds: number;
  changes: readonly StateChange[];
}

/** What people hear: signals when they come, and a sweep each minute. */
function messagesOf(
  document: MonitoringDocument,
  watch: Watch & { rule: MetricRule },
  { alarm, series, intervalSeconds, changes }: Played,
  until: number,
): readonly Told[] {
  const { told, group, hear } = listener();
  const pointsBetween = (from: number, to: number): Point[] => {
    const first = Math.max(0, Math.ceil(from / intervalSeconds));
    return series
      .slice(first, Math.ceil(to / intervalSeconds))
      .flatMap((value, i) => (value === undefined ? [] : [{ at: (first + i) * intervalSeconds * 1000, value }]));
  };
  /** Whether the values of an incident whose alarm is OK too early have stopped to breach. */
  const recoveryAt = (at: number) => {
    const { periodSeconds, statistic } = alarm;
    const [end, count] = [Math.floor(at / periodSeconds) * periodSeconds, evaluationRange(alarm)];
    const points = pointsBetween(end - count * periodSeconds, end);
    const range = datapoints(points, { end: end * 1000, periodSeconds, count, statistic });
    return recovers(alarm, range) ? at * 1000 : undefined;
  };
  /** The sweeps of the minutes in `[from, to)`. Without an incident nothing is due: a month of them is passed over. */
  const sweep = (from: number, to: number) => {
    for (let at = Math.ceil(from / 60) * 60; at < to; at += 60) {
      const current = group();
      if (!current?.incident) return;
      const next = onDue(current, at * 1000, {
        ...(isDue(current.incident.recheckAt, at * 1000) && { recoveredAt: recoveryAt(at) }),
        keepFiringSeconds: watch.rule.keepFiringFor,
      });
      if (next !== current) hear(next, at);
    }
  };
  let swept = 0;
  for (const change of changes) {
    // What comes in the minute of a sweep is heard before it.
    sweep(swept, change.at);
    swept = change.at;
    const transition = alarmTransition.parse(transitionMessage(alarm, { ...change, at: change.at * 1000 }));
    hear(onAlarm(group(), watch.key, transition, alarmBrief(document, watch, transition), change.at * 1000), change.at);
  }
  sweep(swept, until + 1);
  return told;
}

/** Ten values before a moment and three after it, the limit, and where the state changed. */
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
    `  ${alarm.datapointsToAlarm} of ${alarm.evaluationPeriods} datapoints of ${formatDuration(alarm.periodSeconds)}; changes: ${near.map((change) => `${change.to} after ${formatDuration(change.at)}`).join(', ') || 'none near'}`,
  ].join('\n');
}
