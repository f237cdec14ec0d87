import { MemoryExecutionHistory } from '../../adapters/memory-execution-history.ts';
import { MemoryGroups } from '../../adapters/memory-groups.ts';
import { MemoryIncidentArchive } from '../../adapters/memory-incident-archive.ts';
import { alarmName } from '../../core/alarms/alarm.ts';
import type { Datapoint } from '../../core/alarms/datapoint.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { route } from '../../core/incidents/route.ts';
import { sweep } from '../../core/incidents/sweep.ts';
import type { Datum } from '../../core/metrics/metric.ts';
import type { AlarmState } from '../../events/alarm-transition.ts';
import type { Notification } from '../../events/notification.ts';
import { aDocument } from './a-document.ts';

const minute = 60_000;
const start = Date.parse('2026-11-21T02:00:00Z');
const target = { kind: 'service', name: 'classifier' } as const;

/** Router and sweep over memory, with the real states of alarms in hand and a publisher that can be down. */
export function incidentWorld(document: MonitoringDocument = aDocument()) {
  const alarm = alarmName(document, target, 'service-down');
  const told: Notification[] = [];
  const heartbeats: Datum[] = [];
  const real = new Map<string, { state: AlarmState; changedAt: number; reason: string }>(
    document.targets.flatMap((t) =>
      t.rules.map(
        (rule) => [alarmName(document, t, rule.id), { state: 'OK' as AlarmState, changedAt: 0, reason: '' }] as const,
      ),
    ),
  );
  const it = {
    document,
    alarm,
    told,
    heartbeats,
    real,
    now: start,
    publisherIsDown: false,
    /** The datapoints that an alarm looks at now. */
    range: [] as Datapoint[],
    /** What is true of an alarm from now on, whether or not a signal of it arrives. */
    becomes: (state: AlarmState, name = alarm) => void real.set(name, { state, changedAt: it.now, reason: '' }),
    /** What the channel ml-alerts was told. */
    kinds: () => told.filter(({ channel }) => channel === 'ml-alerts').map(({ kind }) => kind),
    /** A signal of an alarm arrives at the router. */
    signal: (state: AlarmState, name = alarm, reason = '') =>
      router({
        id: 'm',
        receives: 1,
        body: JSON.stringify({
          AlarmName: name,
          NewStateValue: state,
          NewStateReason: reason,
          StateChangeTime: new Date(it.now).toISOString(),
        }),
      }),
    /** The sweep, each minute. */
    passMinutes: async (minutes: number) => {
      for (let i = 0; i < minutes; i++) {
        it.now += minute;
        await sweepOnce();
      }
    },
    sweepOnce: () => sweepOnce(),
  };
  const clock = { now: () => it.now, sleep: async () => {} };
  const archive = new MemoryIncidentArchive({ clock, retentionDays: 90 });
  const ports = {
    document,
    groups: new MemoryGroups(),
    history: new MemoryExecutionHistory({ clock, retentionDays: 90 }),
    archive,
    clock,
    publisher: {
      publish: async (notification: Notification) => {
        if (it.publisherIsDown) throw new Error('SNS does not answer');
        told.push(notification);
      },
    },
  };
  const router = route(ports);
  const sweepOnce = sweep({
    ...ports,
    alarmStates: { all: async () => real, datapoints: async () => it.range },
    metrics: { publish: async (data) => void heartbeats.push(...data) },
  });
  return Object.assign(it, { archive, groups: ports.groups, history: ports.history, router });
}

/** What `incidentWorld` gives. */
export type IncidentWorld = ReturnType<typeof incidentWorld>;
