import { alarmTransition } from '../../../events/alarm-transition.ts';
import type { Notification } from '../../../events/notification.ts';
import { type Alarm, alarmsOf } from '../../alarms/alarm.ts';
import type { Datapoint } from '../../alarms/datapoint.ts';
import { breaches } from '../../alarms/evaluate.ts';
import { transitionMessage } from '../../alarms/transition-message.ts';
import type { MonitoringDocument } from '../../config/document.ts';
import { alarmBrief } from '../../incidents/brief.ts';
import type { Group } from '../../incidents/group.ts';
import { onAlarm } from '../../incidents/on-alarm.ts';
import { onDue } from '../../incidents/on-time.ts';
import { findWatch } from '../../incidents/watch.ts';
import { sayDuration } from '../../time/duration.ts';
import { playAlarm, type StateChange, stateAt } from './play-alarm.ts';
import type { Expectation, RuleTest } from './rule-test.ts';

/** The first minute at which reality and expectation part, or nothing when they agree. */
export type RuleTestResult = { passed: true } | { passed: false; at: number; why: string };

/** Messages that a rule causes, with the second at which people get them. */
interface Told {
  at: number;
  notification: Notification;
}

/**
 * Runs one test: the rule's alarm evaluates the series as CloudWatch would, and the router's own state machine says what
 * people are told. Nothing is sent and no time passes.
 */
export function runRuleTest(document: MonitoringDocument, test: RuleTest, intervalSeconds: number): RuleTestResult {
  const alarm = alarmOf(document, test.rule);
  if (typeof alarm === 'string') return { passed: false, at: 0, why: alarm };
  const until = Math.max(...test.expect.map(({ at }) => at));
  const changes = playAlarm(alarm, test.series, intervalSeconds, until);
  const told = messagesOf(document, alarm, changes, until);
  let since = -1;
  for (const expected of [...test.expect].sort((a, b) => a.at - b.at)) {
    const why = differenceOf(
      expected,
      stateAt(changes, expected.at),
      told.filter(({ at }) => at > since && at <= expected.at),
    );
    if (why)
      return {
        passed: false,
        at: expected.at,
        why: `${why}\n${strip(alarm, test.series, intervalSeconds, changes, expected.at)}`,
      };
    since = expected.at;
  }
  return { passed: true };
}

function alarmOf(document: MonitoringDocument, rule: string): Alarm | string {
  const alarms = alarmsOf(document).flatMap((alarm) =>
    'people' in alarm.audience ? [{ alarm, name: `${alarm.audience.target.name}/${alarm.audience.people.id}` }] : [],
  );
  const found = alarms.find(({ name }) => name === rule);
  return (
    found?.alarm ?? `the config has no rule ${rule} on a metric; there are ${alarms.map(({ name }) => name).join(', ')}`
  );
}

/** What people hear, by the same state machine that routes alerts: signals when they come, and a sweep each minute. */
function messagesOf(
  document: MonitoringDocument,
  alarm: Alarm,
  changes: readonly StateChange[],
  until: number,
): Told[] {
  const watch = findWatch(document, alarm.name)!;
  const { rule } = watch;
  if (rule.type !== 'metric') return [];
  const told: Told[] = [];
  let group: Group | undefined;
  const hear = (next: Group, at: number) => {
    for (const owed of next.outbox)
      if (owed.owes === 'notification') told.push({ at, notification: owed.notification });
    group = { ...next, outbox: [] };
  };
  const waiting = [...changes];
  for (let at = 0; at <= until; at += 10) {
    for (let change = waiting[0]; change && change.at <= at; change = waiting[0]) {
      waiting.shift();
      const transition = alarmTransition.parse(transitionMessage(alarm, { ...change, at: change.at * 1000 }));
      hear(onAlarm(group, watch.key, transition, alarmBrief(document, { ...watch, rule }, transition), at * 1000), at);
    }
    if (group && at % 60 === 0) hear(onDue(group, at * 1000), at);
  }
  return told;
}

function differenceOf(expected: Expectation, state: string, told: readonly Told[]): string | undefined {
  if (expected.state !== undefined && expected.state !== state) return `expected ${expected.state}, but it is ${state}`;
  if (!expected.told) return undefined;
  const left = [...told];
  for (const wanted of expected.told) {
    const index = left.findIndex(
      ({ notification: n }) =>
        n.channel === wanted.channel &&
        n.kind === wanted.kind &&
        (!wanted.says || `${n.title}. ${n.description}`.includes(wanted.says)),
    );
    if (index < 0)
      return `expected "${wanted.kind}" to ${wanted.channel}${wanted.says ? ` that says "${wanted.says}"` : ''}, but ${sayTold(told)}`;
    left.splice(index, 1);
  }
  return left.length > 0 ? `expected nothing more, but ${sayTold(left)}` : undefined;
}

const sayTold = (told: readonly Told[]) =>
  told.length === 0
    ? 'nobody was told anything'
    : told
        .map(
          ({ at, notification: n }) =>
            `${n.channel} was told "${n.kind}" after ${sayDuration(at)} (${n.title}. ${n.description})`,
        )
        .join('; ');

/** Ten values before a moment and three after it, the limit, and where the state changed: what a person looks at first. */
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
  return [
    `  values from ${sayDuration(from * interval)} on: ${cells.join(' ') || 'none'}   (! breaches: ${alarm.comparison} ${alarm.threshold})`,
    `  ${alarm.datapointsToAlarm} of ${alarm.evaluationPeriods} datapoints of ${sayDuration(alarm.periodSeconds)}; changes: ${near.map((change) => `${change.to} after ${sayDuration(change.at)}`).join(', ') || 'none near'}`,
  ].join('\n');
}
