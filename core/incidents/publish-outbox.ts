import type { Clock } from '../time/clock.ts';
import type { Group, Owed } from './group.ts';
import type { Groups, IncidentArchive, NotificationPublisher } from './ports.ts';
import { updateGroup } from './update-group.ts';

/** Where the entries of an outbox go. */
export interface OutboxPorts {
  groups: Groups;
  archive: IncidentArchive;
  publisher: NotificationPublisher;
  clock: Clock;
}

/**
 * Publishes the entries of a group's outbox in their order, then removes them from it. Whoever finds a group with an outbox
 * does so: the router after its write, the router again when the signal is redelivered, the sweep. Publishing an entry
 * twice is harmless: writes are idempotent, and a notification that has a receipt is not sent again.
 */
export async function publishOutbox(ports: OutboxPorts, group: Group): Promise<void> {
  if (group.outbox.length === 0) return;
  for (const owed of group.outbox) await publish(ports, group, owed);
  const published = new Set(group.outbox.map(({ id }) => id));
  await updateGroup(ports, group.key, (current) => withoutOwed(current, published));
}

function publish({ archive, publisher }: OutboxPorts, { key }: Group, owed: Owed): Promise<void> {
  switch (owed.owes) {
    case 'notification':
      return publisher.publish(owed.notification);
    case 'timeline':
      return archive.addToTimeline({ ...owed.entry, group: key });
    case 'record':
      return archive.recordClosed(owed.closed);
  }
}

/** The group without the entries of its outbox that have these ids. */
export const withoutOwed = (group: Group, ids: ReadonlySet<string>): Group =>
  group.outbox.some(({ id }) => ids.has(id))
    ? { ...group, outbox: group.outbox.filter(({ id }) => !ids.has(id)) }
    : group;
