import type { Clock } from '../time/clock.ts';
import { dueAtOf } from './due-at.ts';
import { type Group, newGroup } from './group.ts';
import type { Groups } from './ports.ts';

/** The maximum number of attempts when other processes write the same group. More conflicts are a bug in the pipeline. */
const attempts = 10;

/**
 * Loads a group (or creates one), changes it, and stores it in one conditional write with its next version and due time.
 * Repeats this when another process wrote first. Writes nothing when `change` returns the same object.
 * @returns the current group
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
  throw new Error(
    `write conflict: other processes wrote the group ${key} during each of ${attempts} attempts; retrying later`,
  );
}
