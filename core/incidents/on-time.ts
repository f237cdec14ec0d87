import type { Group, Incident } from './group.ts';
import { written } from './group-change.ts';
import { closed, inhibited, spoken, told } from './incident-life.ts';
import { noDataPatienceSeconds, onRecovery, recheckSeconds } from './on-alarm.ts';

// Part of the state machine of incidents: pure functions from a group, and what happened, to the group that follows. Each
// returns the same object when nothing changes, so that nothing is written.

/** What else goes on while an incident is due. */
export interface Surroundings {
  /** Whether our own check does not run: then missing data says nothing of the target. */
  explained?: boolean;
  /** The rule whose open incident says it all. */
  inhibitedBy?: string | undefined;
  /** What the last failed check of the target saw. @default what is known already */
  cause?: string | undefined;
  /** When the newest value stopped breaching, for an incident that is rechecked. @default not yet */
  recoveredAt?: number | undefined;
  /** How long the incident stays open after recovery. @default not at all */
  keepFiringSeconds?: number | undefined;
}

/**
 * What is due: the end of an incident that was held open, the first word of one that was inhibited, a reminder, or the
 * notice that there is no data. While another rule's incident says it all there are no reminders and no notices.
 */
export function onDue(group: Group, now: number, surroundings: Surroundings = {}): Group {
  const { explained = false, inhibitedBy, cause } = surroundings;
  const { incident } = group;
  if (!incident) return group;
  if (isDue(incident.closeAt, now)) return closed(group, incident, 'resolved', incident.recoveredAt!, now);
  if (isDue(incident.recheckAt, now)) {
    const { recoveredAt, keepFiringSeconds = 0 } = surroundings;
    if (recoveredAt !== undefined) return onRecovery(group, incident, recoveredAt, keepFiringSeconds, now);
  }
  if (incident.inhibited)
    return isDue(incident.inhibited.tellAt, now) ? onInhibited(group, incident, now, inhibitedBy) : group;
  const noticed = isDue(incident.tellNoDataAt, now)
    ? onNoData(group, incident, now, explained || inhibitedBy !== undefined)
    : group;
  const checked = isDue(incident.recheckAt, now) ? rechecked(noticed, now) : noticed;
  return isDue(incident.remindAt, now)
    ? onReminder(checked, withCause(checked.incident!, cause), now, inhibitedBy !== undefined)
    : checked;
}

/** Still no value that does not breach. */
const rechecked = (group: Group, now: number): Group =>
  written({ ...group, incident: { ...group.incident!, recheckAt: now + recheckSeconds * 1000 } }, now);

const withCause = (incident: Incident, cause: string | undefined): Incident =>
  cause === undefined ? incident : { ...incident, subject: { ...incident.subject, cause } };

const onInhibited = (group: Group, incident: Incident, now: number, by: string | undefined): Group =>
  by === undefined ? spoken(group, incident, now) : written({ ...group, incident: inhibited(incident, by, now) }, now);

const onNoData = (group: Group, incident: Incident, now: number, quiet: boolean): Group =>
  quiet
    ? written({ ...group, incident: { ...incident, tellNoDataAt: now + noDataPatienceSeconds * 1000 } }, now)
    : told(group, { ...incident, tellNoDataAt: undefined }, 'no-data', now);

/** Reminders that were missed while nothing ran are skipped, never replayed. */
function onReminder(group: Group, incident: Incident, now: number, quiet: boolean): Group {
  const every = incident.remindEverySeconds! * 1000;
  const remindAt = incident.remindAt! + every * (Math.floor((now - incident.remindAt!) / every) + 1);
  return quiet
    ? written({ ...group, incident: { ...incident, remindAt } }, now)
    : told(group, { ...incident, remindAt, reminders: incident.reminders + 1 }, 'reminder', now);
}

/** The rule or its alarm is gone: nobody will hear of it again, and people are told so, once. */
export const onRuleRemoved = (group: Group, now: number): Group =>
  group.incident ? closed(group, group.incident, 'rule-removed', now, now) : group;

/** These promises were kept. */
export const onKept = (group: Group, ids: ReadonlySet<string>, now: number): Group =>
  group.outbox.some((owed) => ids.has(owed.id))
    ? written({ ...group, outbox: group.outbox.filter((owed) => !ids.has(owed.id)) }, now)
    : group;

/** Whether a moment has come. */
export const isDue = (at: number | undefined, now: number) => at !== undefined && at <= now;
