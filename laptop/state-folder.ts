import { existsSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { UserError } from '../core/user-error.ts';
import { makeFolder } from './make-folder.ts';
import { readText } from './read-text.ts';

/** What `.tocsin/run.json` says: which deployment ran here last, and where its store can be reached while it runs. */
export interface RunFile {
  document: MonitoringDocument;
  /** The process that owns the store. Absent once it has stopped. */
  pid?: number;
  /** Where that process serves the store. */
  endpoint?: string;
  /** Its state was in memory only: the disk refused it. */
  inMemory?: boolean;
}

/** As much of the file as other code builds on. The document was validated by whoever wrote it. */
const runFile = z.object({
  document: z.custom<MonitoringDocument>(
    (value) =>
      z
        .looseObject({
          name: z.string(),
          stage: z.string(),
          timeZone: z.string(),
          retentionDays: z.number(),
          targets: z.array(z.looseObject({ kind: z.string(), name: z.string() })),
          channels: z.looseObject({}),
        })
        .safeParse(value).success,
    'is not a document of Tocsin',
  ),
  pid: z.number().int().positive().optional(),
  endpoint: z.url().optional(),
  inMemory: z.boolean().optional(),
});

/** A run that lives and serves its store. */
export interface Owner extends RunFile {
  pid: number;
  endpoint: string;
  /** It lives and gives no answer: it was suspended, or it hangs. */
  hangs?: true;
}

/** The folder in which a laptop keeps its state. */
export class StateFolder {
  readonly path: string;

  /** @param path where it is; made when something is first written */
  constructor(path: string) {
    this.path = path;
  }

  /** What ran here last; undefined when nothing did, or when the file cannot be read: see {@link damage}. */
  read(): RunFile | undefined {
    const read = this.#read();
    return 'file' in read ? read.file : undefined;
  }

  /** Why the file of the last run cannot be read; undefined when it can, or when there is none. */
  damage(): string | undefined {
    const read = this.#read();
    return 'damage' in read ? read.damage : undefined;
  }

  #read(): { file?: RunFile } | { damage: string } {
    try {
      return { file: runFile.parse(JSON.parse(readText(this.runFilePath))) as RunFile };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return {};
      return { damage: error instanceof z.ZodError ? (error.issues[0]?.message ?? message) : message };
    }
  }

  /** @throws {UserError} when the path is that of a file */
  expectFolder(): void {
    const stats = statSync(this.path, { throwIfNoEntry: false });
    if (stats && !stats.isDirectory())
      throw new UserError({
        place: `--state ${this.path}`,
        found: 'is a file',
        fix: 'Give the path of a folder; it is made when it is not there',
      });
  }

  /** Written beside and moved over, so that a crash leaves the old file or the new one. */
  write(file: RunFile): void {
    makeFolder(this.path);
    const draft = `${this.runFilePath}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(file, undefined, 2));
    renameSync(draft, this.runFilePath);
  }

  /**
   * The run that owns the store now; undefined when none does. A process id alone proves nothing: after a crash another
   * program may bear it, so the owner must answer where it said that it serves the store.
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

  /** Where the tables of a deployment lie. */
  storePath(document: Pick<MonitoringDocument, 'name' | 'stage'>): string {
    return join(this.path, `${document.name}-${document.stage}`);
  }

  /** Whether a store was made there; LevelDB cannot do without this file. */
  hasStore(document: Pick<MonitoringDocument, 'name' | 'stage'>): boolean {
    return existsSync(join(this.storePath(document), 'CURRENT'));
  }

  /** Where mails are laid that no server takes. */
  get outboxPath(): string {
    return join(this.path, 'outbox');
  }

  get runFilePath(): string {
    return join(this.path, 'run.json');
  }
}

/** Whether a process lives. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
