import type { Group } from './group.ts';
import type { Groups } from './ports.ts';

/** How often a write is tried against others who write the same group. More than that many at once is a fault of ours. */
const attempts = 10;

/**
 * Loads a group, decides, and stores what follows in one conditional write; decides anew when somebody else wrote first.
 * @returns the group as it stands now, undefined when there is none and none was made
 */
export async function updateGroup(
  groups: Groups,
  key: string,
  decide: (before: Group | undefined) => Group | undefined,
): Promise<Group | undefined> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = await groups.load(key);
    const after = decide(before);
    if (after === undefined || after === before) return before;
    const next = { ...after, version: (before?.version ?? 0) + 1 };
    if (await groups.save(next)) return next;
  }
  throw new Error(`group ${key} was written by others ${attempts} times in a row; trying again later`);
}
