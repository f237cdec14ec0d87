import type { Clock } from '../time/clock.ts';
import { dueAtOf } from './due-at.ts';
import { type Group, newGroup } from './group.ts';
import type { Groups } from './ports.ts';

/** How often a write is tried against others who write the same group. More than that many at once is a fault of ours. */
const attempts = 10;

/**
 * Loads a group (a new one where there is none), changes it, and stores it in one conditional write with its next version
 * and due time. Changes it anew when another process wrote first; writes nothing when `change` returns the same object.
 * @returns the group as it stands now
 */
export async function updateGroup(
  { groups, clock }: { groups: Groups; clock: Clock },
  key: string,
  change: (group: Group, now: number) => Group,
): Promise<Group> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = (await groups.load(key)) ?? newGroup(key);
    const now = clock.now();
    const after = change(before, now);
    if (after === before) return before;
    const next = { ...after, version: before.version + 1, dueAt: dueAtOf(after, now) };
    if (await groups.save(next)) return next;
  }
  throw new Error(`group ${key} was written by others ${attempts} times in a row; trying again later`);
}
