import { statfs } from 'node:fs/promises';
import type { LocalDisks, Room } from '../core/checks/observe.ts';

/** The disks of this machine, as `df` sees them. */
export class StatfsLocalDisks implements LocalDisks {
  /**
   * Readings under way, by path. A network disk whose server is gone never answers, and each reading of it would keep one of
   * Node's few threads, until no name could be looked up any more.
   */
  readonly #underWay = new Map<string, Promise<Room>>();
  readonly #statfs: typeof statfs;

  /** @param read how a path is read. @default the system's */
  constructor(read: typeof statfs = statfs) {
    this.#statfs = read;
  }

  /** Free is what anyone may use, without the blocks kept back for root. @throws when the path does not exist */
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
