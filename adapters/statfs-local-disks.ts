import { statfs } from 'node:fs/promises';
import type { LocalDisks, Room } from '../core/checks/observe.ts';

/** The disks of this machine, as `df` reports them. */
export class StatfsLocalDisks implements LocalDisks {
  /**
   * Readings in progress, by path. A network disk whose server is unavailable never responds, and each reading would block one
   * of Node's few threads, until DNS lookups are blocked too.
   */
  readonly #underWay = new Map<string, Promise<Room>>();
  readonly #statfs: typeof statfs;

  /** @param read reads a path. @default `statfs` of the system */
  constructor(read: typeof statfs = statfs) {
    this.#statfs = read;
  }

  /** Free space is what all users can use, without the blocks reserved for root. @throws when the path does not exist */
  room(path: string): Promise<Room> {
    const known = this.#underWay.get(path);
    if (known) return known;
    const reading = this.#read(path).finally(() => this.#underWay.delete(path));
    this.#underWay.set(path, reading);
    return reading;
  }

  async #read(path: string): Promise<Room> {
    const { bsize, bavail, blocks } = await this.#statfs(path).catch((error: NodeJS.ErrnoException) => {
      throw new Error(`the disk of ${path} cannot be read (${error.code ?? error.message}); check the path`, {
        cause: error,
      });
    });
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  }
}
