import type { Group } from '../core/incidents/group.ts';
import type { Groups } from '../core/incidents/ports.ts';

/** Groups in this process: for tests and the simulator. It stores copies, never references to the caller's values. */
export class MemoryGroups implements Groups {
  readonly #groups = new Map<string, Group>();

  async load(key: string): Promise<Group | undefined> {
    return structuredClone(this.#groups.get(key));
  }

  async save(group: Group): Promise<boolean> {
    if ((this.#groups.get(group.key)?.version ?? 0) !== group.version - 1) return false;
    this.#groups.set(group.key, structuredClone(group));
    return true;
  }

  async due(now: number): Promise<Group[]> {
    return [...this.#groups.values()]
      .filter(({ dueAt }) => dueAt !== undefined && dueAt <= now)
      .sort((one, other) => one.dueAt! - other.dueAt!)
      .slice(0, duePerCall)
      .map((group) => structuredClone(group));
  }

  async *open(): AsyncGenerator<Group> {
    const open = [...this.#groups.values()].filter(({ incident }) => incident);
    open.sort((one, other) => one.incident!.openedAt - other.incident!.openedAt);
    for (const group of open) yield structuredClone(group);
  }
}

const duePerCall = 100;
