import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { makeFolder } from './make-folder.ts';

/** A report that could not be delivered. */
const report = z.object({
  /** The destination event bus; absent for the laptop of this folder. */
  bus: z.string().optional(),
  /** The event to send. */
  event: z.record(z.string(), z.unknown()),
});

export type Unreported = z.output<typeof report>;

/** Reports of runs that could not be delivered, stored in a folder. Each report is a file, so that a crash loses none. */
export class UnreportedRuns {
  readonly path: string;

  /** @param stateFolder the folder of a laptop's state; created when a report is stored */
  constructor(stateFolder: string) {
    this.path = join(stateFolder, 'unreported');
  }

  /** Stores a report. The file is written atomically, so that no process reads an incomplete file. */
  keep(unreported: Unreported): void {
    makeFolder(this.path);
    const name = join(this.path, `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}`);
    writeFileSync(`${name}.draft`, JSON.stringify(unreported));
    renameSync(`${name}.draft`, `${name}.json`);
  }

  /**
   * Sends the stored reports of a destination, the oldest first, and deletes them. Another process may send the same reports at the
   * same time: a run that is reported twice is recorded once.
   * @param goesOn called before each report; if it returns false, the rest remains. @default always true
   * @returns how many were sent, and whether some remain
   * @throws the error of `send`; the rest remains
   */
  async sendAll(
    bus: string | undefined,
    send: (event: Unreported['event']) => Promise<void>,
    goesOn: () => boolean = () => true,
  ): Promise<{ sent: number; someStay: boolean }> {
    let sent = 0;
    for (const file of this.#files()) {
      const kept = this.#read(file);
      if (kept === undefined || kept.bus !== bus) continue;
      if (!goesOn()) return { sent, someStay: true };
      await send(kept.event);
      rmSync(file, { force: true });
      sent += 1;
    }
    return { sent, someStay: false };
  }

  #files(): string[] {
    try {
      const names = readdirSync(this.path).filter((name) => name.endsWith('.json'));
      return names.sort().map((name) => join(this.path, name));
    } catch {
      // No report was ever stored here.
      return [];
    }
  }

  /** A file that cannot be read is not deleted. */
  #read(file: string): Unreported | undefined {
    try {
      return report.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      return undefined;
    }
  }
}
