import { statfs } from 'node:fs/promises';
import type { LocalDisks, Room } from '../core/checks/observe.ts';

/** The disks of this machine, as `df` sees them. */
export class StatfsLocalDisks implements LocalDisks {
  /** Free is what anyone may use, without the blocks kept back for root. @throws when the path does not exist */
  async room(path: string): Promise<Room> {
    const { bsize, bavail, blocks } = await statfs(path).catch((error: NodeJS.ErrnoException) => {
      throw new Error(`the disk of ${path} cannot be read (${error.code ?? error.message}); check the path`, {
        cause: error,
      });
    });
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  }
}
