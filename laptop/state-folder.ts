import { existsSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { UserError } from '../core/user-error.ts';
import { completeDocument } from './complete-document.ts';
import { makeFolder } from './make-folder.ts';
import { readText } from './read-text.ts';

/** The content of `.tocsin/run.json`: the deployment that ran here last, and the endpoint of its store while it runs. */
export interface RunFile {
  document: MonitoringDocument;
  /** The process that owns the store. Absent after it has stopped. */
  pid?: number;
  /** The URL at which that process serves the store. */
  endpoint?: string;
  /** Its state was only in memory, because the disk failed. */
  inMemory?: boolean;
  /** The absolute folder of its config, whose `.env` it reads. Absent for the demo. */
  configFolder?: string;
}

/** The part of the file that other code depends on. The document was validated before it was written. */
const runFile = z.object({
  document: z.custom<MonitoringDocument>(
    (value) =>
      z
        .looseObject({
          name: z.string(),
          stage: z.string(),
          timeZone: z.string(),
          retentionDays: z.number(),
          targets: z.array(
            z.looseObject({
              kind: z.string(),
              name: z.string(),
              checks: z.array(z.looseObject({ check: z.string() })),
              rules: z.array(z.looseObject({ type: z.string() })),
            }),
          ),
          channels: z.looseObject({}),
        })
        .safeParse(value).success,
    'is not a Tocsin document',
  ),
  pid: z.number().int().positive().optional(),
  endpoint: z.url().optional(),
  inMemory: z.boolean().optional(),
  configFolder: z.string().optional(),
});

/** A running process that serves its store. */
export interface Owner extends RunFile {
  pid: number;
  endpoint: string;
  /** The process exists but does not respond: it is suspended, or it hangs. */
  hangs?: true;
}

/** The folder with the state of a laptop. */
export class StateFolder {
  readonly path: string;

  /** @param path the path; created at the first write */
  constructor(path: string) {
    this.path = path;
  }

  /** The last run; undefined if nothing has run, or if the file cannot be read: see {@link damage}. */
  read(): RunFile | undefined {
    const read = this.#read();
    return 'file' in read ? read.file : undefined;
  }

  /** Why the file of the last run cannot be read; undefined if it can, or if there is none. */
  damage(): string | undefined {
    const read = this.#read();
    return 'damage' in read ? read.damage : undefined;
  }

  #read(): { file?: RunFile } | { damage: string } {
    try {
      const file = runFile.parse(JSON.parse(readText(this.runFilePath))) as RunFile;
      return { file: { ...file, document: completeDocument(file.document) } };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return {};
      return { damage: error instanceof z.ZodError ? (error.issues[0]?.message ?? message) : message };
    }
  }

  /** @throws {UserError} if the path is a file */
  expectFolder(): void {
    const stats = statSync(this.path, { throwIfNoEntry: false });
    if (stats && !stats.isDirectory())
      throw new UserError({
        place: `--state ${this.path}`,
        found: 'is a file',
        fix: 'Specify the path of a folder; it is created if it does not exist',
      });
  }

  /** Writes the file atomically, so that a crash leaves the old file or the new one. */
  write(file: RunFile): void {
    makeFolder(this.path);
    const draft = `${this.runFilePath}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(file, undefined, 2));
    renameSync(draft, this.runFilePath);
  }

  /**
   * The run that owns the store now; undefined if there is none. The process id alone is not sufficient: after a crash another
   * process may have it. So the owner must also respond at its endpoint.
   */
  async owner(): Promise<Owner | undefined> {
    const { pid, endpoint, document } = this.read() ?? {};
    if (!document || pid === undefined || endpoint === undefined || !isAlive(pid)) return undefined;
    const owner = { document, pid, endpoint };
    return fetch(endpoint, { signal: AbortSignal.timeout(2000) }).then(
      () => owner,
      (error: Error) => (error.name === 'TimeoutError' ? { ...owner, hangs: true as const } : undefined),
    );
  }

  /** The path of the tables of a deployment. */
  storePath(document: Pick<MonitoringDocument, 'name' | 'stage'>): string {
    return join(this.path, `${document.name}-${document.stage}`);
  }

  /** Whether the store exists. LevelDB always has this file. */
  hasStore(document: Pick<MonitoringDocument, 'name' | 'stage'>): boolean {
    return existsSync(join(this.storePath(document), 'CURRENT'));
  }

  /** The folder of emails that are not sent to a server. */
  get outboxPath(): string {
    return join(this.path, 'outbox');
  }

  get runFilePath(): string {
    return join(this.path, 'run.json');
  }
}

/** Whether a process exists. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
