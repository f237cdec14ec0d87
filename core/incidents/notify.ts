import type { Notification } from '../../events/notification.ts';
import type { Group, OutboxEntry } from './group.ts';
import type { Incident } from './incident.ts';

/** The content of a notification in addition to the incident's subject. */
type Message = Pick<Notification, 'kind' | 'resolvedAt' | 'remark'> & { now: number };

/** Notifies the incident's whole audience: one notification for each channel, and a line of the timeline. */
export function notify(group: Group, incident: Incident, { now, ...message }: Message): Group {
  const sequence = group.lastSequence + 1;
  const { incident: id, ...subject } = incident.subject;
  const notifications = incident.audience.map(
    ({ channel, channelKind }): OutboxEntry => ({
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
  const detail = `notified ${incident.audience.map(({ channel }) => channel).join(', ') || 'no channel'}`;
  const withNotifications = { ...group, outbox: [...group.outbox, ...notifications] };
  return note(withNotifications, incident, { what: message.kind, detail, now });
}

/** The group with the updated incident, the next sequence number, and a new entry in the incident's timeline. */
export function note(
  group: Group,
  incident: Incident,
  { what, detail, now }: { what: string; detail: string; now: number },
): Group {
  const sequence = group.lastSequence + 1;
  const { id, subject } = incident;
  const line: OutboxEntry = {
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
