import { type OutboxPorts, publishOutbox } from './publish-outbox.ts';
import type { Signal } from './signal.ts';
import { step } from './step.ts';
import type { Circumstances } from './step-context.ts';
import { updateGroup } from './update-group.ts';

/**
 * Applies a signal to a group in one conditional write, then publishes the resulting notifications and records. A crash after
 * the write loses nothing: they are already in the group's outbox.
 */
export async function applySignal(
  ports: OutboxPorts,
  key: string,
  signal: Signal,
  circumstances: Circumstances,
): Promise<void> {
  const group = await updateGroup(ports, key, (before, now) => step(before, signal, { ...circumstances, now }));
  await publishOutbox(ports, group);
}
