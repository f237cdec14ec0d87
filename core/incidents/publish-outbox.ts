import type { Clock } from '../time/clock.ts';
import type { Group, OutboxEntry } from './group.ts';
import type { Groups, IncidentArchive, NotificationPublisher } from './ports.ts';
import { updateGroup } from './update-group.ts';

/** The ports that the entries of an outbox are published through. */
export interface OutboxPorts {
  groups: Groups;
  archive: IncidentArchive;
  publisher: NotificationPublisher;
  clock: Clock;
}

/**
 * Publishes the entries of a group's outbox in their order, then removes them from it. Called by the router after its write,
 * by the router again when the signal is redelivered, and by the sweep. Publishing an entry twice has no effect: writes are
 * idempotent, and a notification that has a receipt is not sent again.
 */
export async function publishOutbox(ports: OutboxPorts, group: Group): Promise<void> {
  if (group.outbox.length === 0) return;
  for (const entry of group.outbox) await publish(ports, group, entry);
  const published = new Set(group.outbox.map(({ id }) => id));
  await updateGroup(ports, group.key, (current) => withoutEntries(current, published));
}

function publish({ archive, publisher }: OutboxPorts, { key }: Group, entry: OutboxEntry): Promise<void> {
  switch (entry.owes) {
    case 'notification':
      return publisher.publish(entry.notification);
    case 'timeline':
      return archive.addToTimeline({ ...entry.entry, group: key });
    case 'record':
      return archive.recordClosed(entry.closed);
  }
}

/** The group without the entries of its outbox that have these ids. */
export const withoutEntries = (group: Group, ids: ReadonlySet<string>): Group =>
  group.outbox.some(({ id }) => ids.has(id))
    ? { ...group, outbox: group.outbox.filter(({ id }) => !ids.has(id)) }
    : group;
