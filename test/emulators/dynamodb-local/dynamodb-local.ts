import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../../core/user-error.ts';
import { freePort } from '../../support/free-port.ts';
import type { Say } from '../emulator.ts';
import { fetchLibraries } from './fetch.ts';
import { needJava, needMaven } from './need.ts';

const here = fileURLToPath(new URL('./', import.meta.url));
/** Where it is installed unless told otherwise. Git ignores it; deleting it loses nothing but time. */
const usualHome = fileURLToPath(new URL('../../../.emulators/dynamodb-local', import.meta.url));

const readyWithinMs = 30_000;
const endsWithinMs = 5000;

/** A DynamoDB Local that runs. */
export interface DynamodbLocal {
  /** `http://127.0.0.1:<port>` */
  endpoint: string;
  pid: number;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Installs DynamoDB Local when it is missing and starts it in memory, on a free port of 127.0.0.1.
 * @param options.home where it is installed. @default `.emulators/dynamodb-local`
 * @param options.waitsMs before each further try to fetch it. @default two more tries within 12 s
 * @throws {UserError} that says what is missing on this machine, or the end of what it printed
 */
export async function startDynamodbLocal(
  say: Say,
  { home = usualHome, waitsMs }: { home?: string; waitsMs?: readonly number[] } = {},
): Promise<DynamodbLocal> {
  await needJava();
  await install(say, home, waitsMs);
  const port = await freePort();
  const child = spawn(
    'java',
    [
      `-Djava.library.path=${join(home, 'lib')}`,
      '-DendWithStarter=true',
      '-cp',
      join(home, 'lib', '*'),
      // Java runs a source file as it is, without a build.
      join(here, 'LoopbackDynamoDB.java'),
      ...['-inMemory', '-sharedDb', '-disableTelemetry', '-port', String(port)],
    ],
    // Its input stays open as long as this process lives: see LoopbackDynamoDB.java.
    { cwd: home, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const said = lastWords(child);
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = () => end(child);
  try {
    await ready(child, endpoint, said);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, pid: child.pid!, stop };
}

/** Fetches what pom.xml names. The mark is written last, so that what was broken off is begun anew. */
async function install(say: Say, home: string, waitsMs?: readonly number[]): Promise<void> {
  const mark = join(home, 'installed-2.6.1-one-system');
  if (existsSync(mark)) return;
  await needMaven();
  say('Fetching DynamoDB Local 2.6.1 with Maven (51 MB, once) ...');
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  await fetchLibraries(join(home, 'lib'), say, waitsMs);
  await writeFile(mark, '');
}

async function ready(child: ChildProcess, endpoint: string, said: () => string): Promise<void> {
  let failed: string | undefined;
  child.once('error', (error) => {
    failed = error.message;
  });
  for (const until = Date.now() + readyWithinMs; ; await sleep(50)) {
    // Without a signature it answers with an error, and an answer is all that is asked.
    if (
      await fetch(endpoint, { signal: AbortSignal.timeout(1000) }).then(
        () => true,
        () => false,
      )
    )
      return;
    failed ??= hasEnded(child) ? `it ended with ${child.signalCode ?? `code ${child.exitCode}`}` : undefined;
    if (Date.now() > until) failed ??= `it did not answer within ${readyWithinMs / 1000} s`;
    if (failed) throw new UserError(`DynamoDB Local did not start: ${failed}.\n${said()}`);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), endsWithinMs);
  await gone;
  clearTimeout(timer);
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** The end of what a process prints, for the one who must find out why it did not start. */
function lastWords(child: ChildProcess): () => string {
  let words = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-2000);
    });
  }
  return () => words.trim();
}
