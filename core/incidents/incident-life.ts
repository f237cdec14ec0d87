import type { notificationKinds } from '../../events/notification.ts';
import { stableHash } from '../stable-hash.ts';
import type { Brief } from './brief.ts';
import type { ClosedIncident, Group, Incident, Owed } from './group.ts';
import { written } from './group-change.ts';

type Kind = (typeof notificationKinds)[number];

/** Opens an incident and tells its audience. `at` is when it broke. */
export function opened(group: Group, brief: Brief, at: number, now: number): Group {
  const incident = newIncident(group.key, brief, at);
  const remindAt = brief.remindEverySeconds && now + brief.remindEverySeconds * 1000;
  return told(
    group,
    { ...incident, ...(remindAt ? { remindEverySeconds: brief.remindEverySeconds, remindAt } : {}) },
    'opened',
    now,
  );
}

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

/** Closes the incident, tells its audience, and owes the record of it. `at` is when it was over. */
export function closed(group: Group, incident: Incident, how: ClosedIncident['how'], at: number, now: number): Group {
  const last = told(group, incident, how === 'resolved' ? 'resolved' : 'closed', now, at);
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

/** Tells the incident's whole audience: one notification a channel, and a line of the timeline. */
export function told(group: Group, incident: Incident, kind: Kind, now: number, resolvedAt?: number): Group {
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
        ...(resolvedAt === undefined ? {} : { resolvedAt }),
      },
    }),
  );
  const line: Owed = {
    owes: 'timeline',
    id: `timeline/${id}/${sequence}`,
    entry: {
      incident: id,
      at: now,
      sequence: `${String(sequence).padStart(6, '0')}-${kind}`,
      what: kind,
      detail: `${subject.target.name} - ${subject.title}; told ${incident.audience.map((a) => a.channel).join(', ') || 'nobody'}`,
    },
  };
  return written(
    { ...group, incident, lastSequence: sequence, outbox: [...group.outbox, ...notifications, line] },
    now,
  );
}
