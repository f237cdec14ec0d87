import { type AlarmTransition, datapointsOf } from '../../events/alarm-transition.ts';
import type { SweepTick } from '../../events/sweep-tick.ts';
import { checkAlarmName, findAlarm } from '../alarms/alarm.ts';
import { recovers } from '../alarms/recovers.ts';
import { scheduleFor } from '../checks/schedules.ts';
import { dimensionsOf, type MetricSink } from '../metrics/metric.ts';
import { metricOf } from '../metrics/metric-of.ts';
import { sweepCompleted } from '../metrics/pipeline-metrics.ts';
import { evidenceOf } from './evidence.ts';
import type { Group } from './group.ts';
import { inhibitedBy } from './inhibition.ts';
import { keepPromises } from './keep-promises.ts';
import { isDue, onDue, onRuleRemoved, type Surroundings } from './on-time.ts';
import type { AlarmStates } from './ports.ts';
import { type RouterPorts, routeTransition } from './route.ts';
import { updateGroup } from './update-group.ts';
import { findWatch, type Watch } from './watch.ts';

export interface SweepPorts extends RouterPorts {
  alarmStates: AlarmStates;
  metrics: MetricSink;
}

/** How often open incidents are compared with the alarms' real states. */
const reconcileEveryMinutes = 5;

/** Whether a sweep makes the comparisons that are not made every minute. */
export const compares = (tick: SweepTick | undefined, now: number): boolean =>
  tick?.compare ?? Math.floor(now / 60_000) % reconcileEveryMinutes === 0;

/**
 * One sweep, to be run every minute: keeps promises that somebody could not keep, sends due reminders and notices, and
 * every five minutes finds signals that were lost. Its last act is its heartbeat. One group that fails keeps no other
 * from its turn; the sweep fails when it is through.
 */
export const sweep = (ports: SweepPorts) => (tick?: SweepTick) => sweepOnce(ports, tick);

async function sweepOnce(ports: SweepPorts, tick: SweepTick | undefined): Promise<void> {
  const { clock, groups, metrics } = ports;
  const startedAt = clock.now();
  const failures: unknown[] = [];
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      failures.push(error);
    }
  };

  for (const group of await groups.due(startedAt)) await attempt(() => sweepGroup(ports, group));
  if (compares(tick, startedAt)) await attempt(() => reconcile(ports));
  if (failures.length > 0)
    throw new AggregateError(failures, `the sweep failed for ${failures.length} groups; it tries again in a minute`);

  await metrics.publish([
    {
      metric: sweepCompleted.name,
      unit: sweepCompleted.unit,
      dimensions: dimensionsOf('check', 'sweep'),
      at: startedAt - (startedAt % 60_000),
      value: 1,
    },
  ]);
}

async function sweepGroup(ports: SweepPorts, due: Group): Promise<void> {
  const watch = due.incident && findWatch(ports.document, due.key);
  const now = ports.clock.now();
  const surroundings = {
    explained: due.incident?.noDataSince !== undefined && (await ownCheckIsDown(ports, watch)),
    inhibitedBy: watch && (await inhibitedBy(ports.document, ports.groups, watch)),
    cause: isDue(due.incident?.remindAt, now)
      ? (await evidenceOf(ports.document, ports.history, watch)).cause
      : undefined,
    ...(isDue(due.incident?.recheckAt, now) ? await recoveryOf(ports, watch, now) : {}),
  };
  const group = await updateGroup(
    ports.groups,
    due.key,
    (current) => current && onDue(current, ports.clock.now(), surroundings),
  );
  await keepPromises(ports, group);
}

/** Whether the values of an incident whose alarm is OK too early have stopped to breach. */
async function recoveryOf(
  { document, alarmStates }: SweepPorts,
  watch: Watch | undefined,
  now: number,
): Promise<Pick<Surroundings, 'recoveredAt' | 'keepFiringSeconds'>> {
  const alarm = watch && findAlarm(document, watch.alarm);
  // Its rule is gone: what closes the incident of such an alarm is the comparison with the alarms that there are.
  if (!alarm || watch.rule.type !== 'metric') return {};
  const recovered = recovers(alarm, await alarmStates.datapoints(alarm, now));
  return { recoveredAt: recovered ? now : undefined, keepFiringSeconds: watch.rule.keepFiringFor };
}

/** Whether the check that feeds a group's alarm does not run: then missing data says nothing of the target. */
async function ownCheckIsDown({ document, groups }: SweepPorts, watch: Watch | undefined): Promise<boolean> {
  if (watch?.rule.type !== 'metric') return false;
  const { source } = metricOf(document, watch.rule.metric);
  const feeding = 'check' in source ? scheduleFor(document, watch.target, source.check) : undefined;
  if (!feeding) return false;
  const key = checkAlarmName(document, feeding);
  return (await groups.load(key))?.members[key]?.state === 'ALARM';
}

/** Compares what we believe with what the alarms say, and supplies what is missing. */
async function reconcile(ports: SweepPorts): Promise<void> {
  const { document, groups, clock } = ports;
  const real = await ports.alarmStates.all();
  const believedOpen = new Set<string>();

  for await (const group of groups.open()) {
    believedOpen.add(group.key);
    const watch = findWatch(document, group.key);
    // An event rule has no alarm to compare with.
    if (watch?.rule.type === 'event') continue;
    const alarm = watch?.alarm ?? group.key;
    const state = real.get(alarm);
    if (!state) {
      await keepPromises(
        ports,
        await updateGroup(groups, group.key, (current) => current && onRuleRemoved(current, clock.now())),
      );
    } else if (state.state !== group.members[group.key]?.state) {
      await routeTransition(ports, transition(alarm, state));
    }
  }
  for (const [alarm, state] of real) {
    const key = findWatch(document, alarm)?.key;
    if (state.state === 'ALARM' && key && !believedOpen.has(key))
      await routeTransition(ports, transition(alarm, state));
  }
}

const transition = (
  alarm: string,
  { state, changedAt, reason }: { state: AlarmTransition['state']; changedAt: number; reason: string },
): AlarmTransition => {
  const datapoints = datapointsOf(reason);
  return {
    alarm,
    arn: undefined,
    state,
    previous: undefined,
    reason,
    changedAt,
    value: datapoints[0]?.value,
    datapoints,
  };
};
