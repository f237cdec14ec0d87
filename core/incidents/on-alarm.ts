import type { AlarmTransition } from '../../events/alarm-transition.ts';
import type { Brief } from './brief.ts';
import type { Group, Incident } from './group.ts';
import { ignored, newGroup, withMember, written } from './group-change.ts';
import { closed, noted, opened, told } from './incident-life.ts';

// Part of the state machine of incidents: pure functions from a group, and what happened, to the group that follows. Each
// returns the same object when nothing changes, so that nothing is written.

type AlarmSignal = Pick<AlarmTransition, 'state' | 'changedAt'>;

/** How often the values of an incident whose alarm is OK too early are looked at, in seconds: as often as the sweep comes. */
export const recheckSeconds = 60;

/** How long people wait for "no data" to be told: our own check's alarm must have had time to explain it. */
export const noDataPatienceSeconds = 180;

/**
 * An alarm changed its state. Signals come twice, late and in the wrong order: an equal or older one is counted and
 * changes nothing. "No data" is ordered by itself: it hides OK or ALARM but does not end them, so an ALARM that arrives
 * after the "no data" that followed it still opens its incident.
 * @param inhibitedBy the rule whose open incident says it all, if there is one
 */
export function onAlarm(
  before: Group | undefined,
  key: string,
  signal: AlarmSignal,
  brief: Brief,
  now: number,
  inhibitedBy?: string,
): Group {
  const group = before ?? newGroup(key);
  const known = group.members[key];
  if (signal.state === 'INSUFFICIENT_DATA') return onNoData(group, key, signal, now);
  if (known && signal.changedAt <= (known.decidedAt ?? -1)) return ignored(group, key, known, now);

  const hidden = known !== undefined && signal.changedAt < known.changedAt;
  const { state, changedAt } = hidden ? known : signal;
  const seen = withMember(
    group,
    key,
    { state, changedAt, decidedAt: signal.changedAt, ignored: known?.ignored ?? 0, seenRuns: [] },
    now,
  );
  if (signal.state === 'OK') return onOk(seen, signal.changedAt, brief, now);

  const open = seen.incident
    ? firingAgain(seen, seen.incident, now)
    : opened(seen, brief, signal.changedAt, now, inhibitedBy);
  const incident = hidden ? { ...noDataMarks(known.changedAt, now), ...open.incident! } : withoutNoData(open.incident!);
  return written({ ...open, incident }, now);
}

/** The alarm is OK: its incident is over unless the newest value still breaches. */
function onOk(group: Group, at: number, brief: Brief, now: number): Group {
  const { incident } = group;
  if (!incident) return group;
  const { cause } = brief.subject;
  const known = cause === undefined ? incident : { ...incident, subject: { ...incident.subject, cause } };
  return brief.stillBreaching
    ? onDataBack(group, known, now)
    : onRecovery(group, known, at, brief.keepFiringSeconds ?? 0, now);
}

/**
 * Values have come back after a gap, too few of them for ALARM, so CloudWatch says OK; but the newest breaches. The
 * incident stays open, and the sweep looks at the values until one does not. Whoever was notified of missing data is
 * notified that it is back.
 */
function onDataBack(group: Group, incident: Incident, now: number): Group {
  const noticed = incident.noDataSince !== undefined && incident.tellNoDataAt === undefined;
  const open = { ...withoutNoData(incident), recheckAt: now + recheckSeconds * 1000 };
  return noticed && !incident.inhibited
    ? told(group, open, 'reminder', now, { remark: 'Data has come back, and the newest value still breaches.' })
    : noted(group, open, 'still-breaching', 'data has come back, and the newest value still breaches', now);
}

/** An incident has recovered: it is over, or is held open in case it fires again. */
export function onRecovery(
  group: Group,
  incident: Incident,
  at: number,
  keepFiringSeconds: number,
  now: number,
): Group {
  const closeAt = at + keepFiringSeconds * 1000;
  if (closeAt <= now) return closed(group, incident, 'resolved', at, now);
  return noted(
    group,
    { ...withoutNoData(withoutRecheck(incident)), recoveredAt: at, closeAt },
    'recovered',
    'held open in case it fires again',
    now,
  );
}

/** An incident that was held open after its alarm had recovered goes on as if nothing had been. */
function firingAgain(group: Group, { recoveredAt, closeAt, recheckAt, ...incident }: Incident, now: number): Group {
  if (recheckAt !== undefined) return written({ ...group, incident }, now);
  return closeAt === undefined ? group : noted(group, incident, 'firing-again', 'nobody is told again', now);
}

/** Nobody can see how it is: an open incident stays open and is marked, anything else is silent. */
function onNoData(group: Group, key: string, signal: AlarmSignal, now: number): Group {
  const known = group.members[key];
  if (known && signal.changedAt <= known.changedAt) return ignored(group, key, known, now);
  const seen = withMember(
    group,
    key,
    { ignored: 0, seenRuns: [], ...known, state: signal.state, changedAt: signal.changedAt },
    now,
  );
  // Nothing to add for an incident that is only held open: its alarm had recovered.
  if (!seen.incident || seen.incident.closeAt !== undefined) return seen;
  return written(
    { ...seen, incident: { ...withoutRecheck(seen.incident), ...noDataMarks(signal.changedAt, now) } },
    now,
  );
}

const noDataMarks = (since: number, now: number) => ({
  noDataSince: since,
  tellNoDataAt: now + noDataPatienceSeconds * 1000,
});

/** The state of an alarm that only operators hear of is remembered, since it explains missing data of others. */
export function onOperatorsAlarm(before: Group | undefined, key: string, signal: AlarmSignal, now: number): Group {
  const group = before ?? newGroup(key);
  const known = group.members[key];
  if (known && signal.changedAt <= known.changedAt) return group;
  return withMember(group, key, { state: signal.state, changedAt: signal.changedAt, ignored: 0, seenRuns: [] }, now);
}

const withoutNoData = ({ noDataSince: _, tellNoDataAt: __, ...incident }: Incident): Incident => incident;
const withoutRecheck = ({ recheckAt: _, ...incident }: Incident): Incident => incident;
