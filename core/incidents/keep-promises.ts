import type { Clock } from '../time/clock.ts';
import type { Group, Owed } from './group.ts';
import { onKept } from './on-time.ts';
import type { Groups, IncidentArchive, NotificationPublisher } from './ports.ts';
import { updateGroup } from './update-group.ts';

export interface PromiseKeepers {
  groups: Groups;
  archive: IncidentArchive;
  publisher: NotificationPublisher;
  clock: Clock;
}

/**
 * Does what a group's outbox owes, in its order, then clears it. Whoever comes to a group with an outbox keeps its
 * promises: the router after its write, the router again when the signal is redelivered, the sweep. A promise kept twice
 * is harmless: writes are idempotent, and a notification that has a receipt is not sent again.
 */
export async function keepPromises(
  { groups, archive, publisher, clock }: PromiseKeepers,
  group: Group | undefined,
): Promise<void> {
  if (!group || group.outbox.length === 0) return;
  for (const owed of group.outbox) await keep(owed, archive, publisher);
  const kept = new Set(group.outbox.map((owed) => owed.id));
  await updateGroup(groups, group.key, (current) => current && onKept(current, kept, clock.now()));
}

function keep(owed: Owed, archive: IncidentArchive, publisher: NotificationPublisher): Promise<void> {
  switch (owed.owes) {
    case 'notification':
      return publisher.publish(owed.notification);
    case 'timeline':
      return archive.addToTimeline(owed.entry);
    case 'record':
      return archive.recordClosed(owed.closed);
  }
}
