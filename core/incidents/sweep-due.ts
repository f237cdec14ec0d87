import { checkAlarmName, findAlarm } from '../alarms/alarm.ts';
import { recovers } from '../alarms/recovers.ts';
import { scheduleFor } from '../checks/schedules.ts';
import { metricOf } from '../metrics/metric-of.ts';
import { applySignal } from './apply-signal.ts';
import { isDue } from './due-at.ts';
import { evidenceOf } from './evidence.ts';
import { type Group, memberOf } from './group.ts';
import { inhibitedBy } from './inhibition.ts';
import type { AlarmStates } from './ports.ts';
import type { RouterPorts } from './route.ts';
import type { SweepSignal } from './signal.ts';
import { settingsOf } from './step-context.ts';
import { findWatchedRule, hasMetricRule, type WatchedRule } from './watched-rule.ts';

/** The ports for processing due groups. */
export type DuePorts = RouterPorts & { alarmStates: AlarmStates };

/** Does what is due for a group: publishes its outbox, sends a reminder or a notice, closes a recovered incident. */
export async function sweepDue(ports: DuePorts, { key, incident }: Group): Promise<void> {
  const { document, groups, history } = ports;
  const now = ports.clock.now();
  const watched = incident && findWatchedRule(document, key);
  const recovered = isDue(incident?.recheckAt, now) && (await hasRecovered(ports, watched, now));
  const signal: SweepSignal = recovered ? { type: 'recovery', at: now } : { type: 'time' };
  await applySignal(ports, key, signal, {
    settings: watched && settingsOf(watched.rule),
    noDataExplained: incident?.noDataSince !== undefined && (await isOwnCheckDown(ports, watched)),
    inhibitedBy: watched && (await inhibitedBy(document, groups, watched)),
    cause: isDue(incident?.remindAt, now) ? (await evidenceOf(document, history, watched)).cause : undefined,
  });
}

/** Whether the values of an incident whose alarm became OK too early have stopped breaching. */
async function hasRecovered(
  { document, alarmStates }: DuePorts,
  watched: WatchedRule | undefined,
  now: number,
): Promise<boolean> {
  const alarm = watched && findAlarm(document, watched.alarm);
  // Without a rule the incident is closed when the open incidents are compared with the alarms that exist.
  return alarm !== undefined && recovers(alarm, await alarmStates.datapoints(alarm, now));
}

/** Whether the check that publishes the metric of a group's alarm does not run. Missing data is then no information about the target. */
async function isOwnCheckDown({ document, groups }: DuePorts, watched: WatchedRule | undefined): Promise<boolean> {
  if (!watched || !hasMetricRule(watched)) return false;
  const { source } = metricOf(document, watched.rule.metric);
  const feeding = 'check' in source ? scheduleFor(document, watched.target, source.check) : undefined;
  if (!feeding) return false;
  const group = await groups.load(checkAlarmName(document, feeding));
  return group !== undefined && memberOf(group)?.state === 'ALARM';
}
