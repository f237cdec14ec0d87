import type { Notification } from '../../events/notification.ts';
import type { Group, Owed } from './group.ts';
import type { Incident } from './incident.ts';

/** What is said of an incident, beside its subject. */
type Message = Pick<Notification, 'kind' | 'resolvedAt' | 'remark'> & { now: number };

/** Notifies the incident's whole audience: one notification for each channel, and a line of the timeline. */
export function notify(group: Group, incident: Incident, { now, ...message }: Message): Group {
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
        channel,
        channelKind,
        at: now,
        ...message,
      },
    }),
  );
  const detail = `notified ${incident.audience.map(({ channel }) => channel).join(', ') || 'nobody'}`;
  const owing = { ...group, outbox: [...group.outbox, ...notifications] };
  return note(owing, incident, { what: message.kind, detail, now });
}

/** The group with the incident as it is now, the next sequence, and a line in the incident's timeline. */
export function note(
  group: Group,
  incident: Incident,
  { what, detail, now }: { what: string; detail: string; now: number },
): Group {
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
  return { ...group, incident, lastSequence: sequence, outbox: [...group.outbox, line] };
}
