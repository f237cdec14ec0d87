import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { makeFolder } from './make-folder.ts';

/** A report that could not be delivered. */
const report = z.object({
  /** The bus that it is for; the laptop of this folder when absent. */
  bus: z.string().optional(),
  /** The event as it is sent. */
  event: z.record(z.string(), z.unknown()),
});

export type Unreported = z.output<typeof report>;

/** Reports of runs that wait in a folder for somebody who takes them: each a file, so that a crash loses none. */
export class UnreportedRuns {
  readonly path: string;

  /** @param stateFolder the folder of a laptop's state; made when a report must be kept */
  constructor(stateFolder: string) {
    this.path = join(stateFolder, 'unreported');
  }

  /** Keeps a report. Written beside and moved over, so that nobody reads half of it. */
  keep(unreported: Unreported): void {
    makeFolder(this.path);
    const name = join(this.path, `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}`);
    writeFileSync(`${name}.draft`, JSON.stringify(unreported));
    renameSync(`${name}.draft`, `${name}.json`);
  }

  /**
   * Sends what waits for a destination, the oldest first, and forgets what was sent. Whoever sends the same at the same
   * time does no harm: a run that is reported twice is one run.
   * @param goesOn asked before each one; once it says no the rest stays for the next time. @default always
   * @returns how many were sent, and whether some stayed
   * @throws what `send` throws; the rest stays
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
      // Nothing was ever kept here.
      return [];
    }
  }

  /** A file that cannot be read is left for a person. */
  #read(file: string): Unreported | undefined {
    try {
      return report.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      return undefined;
    }
  }
}
