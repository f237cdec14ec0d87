import type { Notification, notificationKinds } from '../../events/notification.ts';
import { stableHash } from '../stable-hash.ts';
import type { Brief } from './brief.ts';
import type { ClosedIncident, Group, Incident, Owed } from './group.ts';
import { written } from './group-change.ts';

type Kind = (typeof notificationKinds)[number];

/** How long an inhibited incident waits until it is looked at again: the sweep comes each minute. */
const inhibitionSeconds = 60;

/**
 * Opens an incident and tells its audience, or nobody while another rule's incident says it all (`inhibitedBy`). `at` is
 * when it broke.
 */
export function opened(group: Group, brief: Brief, at: number, now: number, inhibitedBy?: string): Group {
  const { remindEverySeconds } = brief;
  const incident = {
    ...newIncident(group.key, brief, at),
    ...(remindEverySeconds === undefined ? {} : { remindEverySeconds }),
  };
  return inhibitedBy === undefined
    ? spoken(group, incident, now)
    : noted(
        group,
        inhibited(incident, inhibitedBy, now),
        'inhibited',
        `${inhibitedBy} says it all; nobody is told`,
        now,
      );
}

/** Tells the audience of an incident that it is open, for the first time, and from when on to remind. */
export function spoken(group: Group, { inhibited: _, ...incident }: Incident, now: number): Group {
  const every = incident.remindEverySeconds;
  return told(group, { ...incident, ...(every === undefined ? {} : { remindAt: now + every * 1000 }) }, 'opened', now);
}

/** The incident, kept quiet until it is looked at again. */
export const inhibited = (incident: Incident, by: string, now: number): Incident => ({
  ...incident,
  inhibited: { by, tellAt: now + inhibitionSeconds * 1000 },
});

/**
 * An incident that nobody has been told of yet. The id follows from the group and the moment, so that a signal that is
 * played again names the same incident.
 */
export function newIncident(key: string, brief: Brief, at: number): Incident {
  const id = `inc-${stableHash(`${key}@${at}`).slice(0, 12)}`;
  return {
    id,
    openedAt: at,
    reminders: 0,
    audience: brief.audience,
    subject: { ...brief.subject, incident: id, openedAt: at },
  };
}

/**
 * Closes the incident, tells its audience unless they never heard of it, and owes the record of it. `at` is when it was
 * over.
 */
export function closed(group: Group, incident: Incident, how: ClosedIncident['how'], at: number, now: number): Group {
  const kind = how === 'resolved' ? 'resolved' : 'closed';
  const last = incident.inhibited
    ? noted(group, incident, kind, 'nobody was told of it', now)
    : told(group, incident, kind, now, { resolvedAt: at });
  return written({ ...last, incident: undefined, outbox: [...last.outbox, recordOf(last.incident!, how, at)] }, now);
}

/** The promise to record an incident that is over. */
export const recordOf = (
  { id, subject, openedAt, reminders }: Incident,
  how: ClosedIncident['how'],
  closedAt: number,
): Owed => ({
  owes: 'record',
  id: `record/${id}`,
  closed: { incident: id, alarm: subject.alarm, title: subject.title, openedAt, closedAt, how, reminders },
});

/** Notifies the incident's whole audience: one notification a channel, and a line of the timeline. */
export function told(
  group: Group,
  incident: Incident,
  kind: Kind,
  now: number,
  extra: Pick<Notification, 'resolvedAt' | 'remark'> = {},
): Group {
  const sequence = group.lastSequence + 1;
  const { incident: id, ...subject } = incident.subject;
  const notifications = incident.audience.map(
    ({ channel, channelKind }): Owed => ({
      owes: 'notification',
      id: `${id}/${sequence}/${channel}`,
      notification: {
        ...subject,
        id: `${id}/${sequence}`,
        incident: id,
        group: group.key,
        sequence,
        kind,
        channel,
        channelKind,
        at: now,
        ...extra,
      },
    }),
  );
  const line = `told ${incident.audience.map((a) => a.channel).join(', ') || 'nobody'}`;
  return noted({ ...group, outbox: [...group.outbox, ...notifications] }, incident, kind, line, now);
}

/** The group with the incident as it is now, the next sequence, and a line in the incident's timeline. */
export function noted(group: Group, incident: Incident, what: string, detail: string, now: number): Group {
  const sequence = group.lastSequence + 1;
  const { id, subject } = incident;
  const line: Owed = {
    owes: 'timeline',
    id: `timeline/${id}/${sequence}`,
    entry: {
      incident: id,
      at: now,
      sequence: `${String(sequence).padStart(6, '0')}-${what}`,
      what,
      detail: `${subject.target.name} - ${subject.title}; ${detail}`,
    },
  };
  return written({ ...group, incident, lastSequence: sequence, outbox: [...group.outbox, line] }, now);
}
