import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MonitoringDocument } from '../core/config/document.ts';
import { readText } from './read-text.ts';

/** What `.tocsin/run.json` says: which deployment ran here last, and where its store can be reached while it runs. */
export interface RunFile {
  document: MonitoringDocument;
  /** The process that owns the store. Absent once it has stopped. */
  pid?: number;
  /** Where that process serves the store. */
  endpoint?: string;
}

/** A run that lives and serves its store. */
export interface Owner extends Required<RunFile> {
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

  /** What ran here last; undefined when nothing did, or when the file cannot be read. */
  read(): RunFile | undefined {
    try {
      return JSON.parse(readText(this.#runFile)) as RunFile;
    } catch {
      return undefined;
    }
  }

  /** Written beside and moved over, so that a crash leaves the old file or the new one. */
  write(file: RunFile): void {
    mkdirSync(this.path, { recursive: true });
    const draft = `${this.#runFile}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(file, undefined, 2));
    renameSync(draft, this.#runFile);
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

  /** Where mails are laid that no server takes. */
  get outboxPath(): string {
    return join(this.path, 'outbox');
  }

  get #runFile(): string {
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
