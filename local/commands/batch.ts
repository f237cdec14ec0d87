import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { SystemClock } from '../../adapters/system-clock.ts';
import { type BatchRun, batchRun, batchRunDetailType, batchRunSource } from '../../events/batch-run.ts';
import { ingest } from '../../functions/run-ingest/ingest.ts';
import { consume } from '../consume.ts';
import { runsQueue, signalsQueue } from '../pipeline.ts';
import type { Place } from '../reach.ts';
import { StateFolder } from '../state-folder.ts';
import { reachStore, storesOver } from '../store.ts';
import type { Terminal } from '../terminal.ts';
import { UserError } from '../user-error.ts';

/** How much of a command's last words on standard error becomes the error of its run, in characters. */
const lastWords = 2000;

/** How long a report is tried while the store cannot be reached, in milliseconds. */
const patienceMs = 15_000;

/**
 * `tocsin batch run <job> -- command …`: runs a command as it is (its output, its input, its exit code) and reports the
 * run when it is over. A report that fails is said on standard error and never changes the command's exit code.
 */
export async function batchRunCommand(
  job: string,
  command: readonly string[],
  options: Place & { bus?: string },
  terminal: Terminal,
): Promise<number> {
  const [program, ...args] = command;
  if (program === undefined)
    throw new UserError(
      'No command was given. Write it behind two hyphens: npx tocsin batch run nightly -- ./score.sh --all',
    );
  await expectJob(job, options);
  const startedAt = Date.now();
  const { exitCode, error } = await execute(program, args);
  const run: BatchRun = {
    job,
    runId: `${new Date(startedAt).toISOString()}-${randomUUID().slice(0, 8)}`,
    startedAt,
    finishedAt: Date.now(),
    outcome: exitCode === 0 ? 'succeeded' : 'failed',
    exitCode,
    ...(exitCode === 0 ? {} : { error: error || `${program} ended with exit code ${exitCode}` }),
  };
  try {
    await report(run, options);
  } catch (failure) {
    terminal.warn(`tocsin: the run of ${job} could not be reported: ${(failure as Error).message}`);
  }
  return exitCode;
}

async function execute(program: string, args: readonly string[]): Promise<{ exitCode: number; error: string }> {
  const child = spawn(program, args, { stdio: ['inherit', 'inherit', 'pipe'] });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    process.stderr.write(chunk);
    words = (words + chunk.toString('utf8')).slice(-lastWords);
  });
  // Ctrl-C reaches the command by itself; we stay to report how it ended.
  const stay = () => {};
  const pass = () => child.kill('SIGTERM');
  process.on('SIGINT', stay).on('SIGTERM', pass);
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    if (signal) return { exitCode: 128 + constants.signals[signal], error: `ended by ${signal}` };
    return { exitCode: code ?? 1, error: words.trim() };
  } catch (error) {
    return notStarted(program, error as NodeJS.ErrnoException);
  } finally {
    process.off('SIGINT', stay).off('SIGTERM', pass);
  }
}

/** A command that could not be started is said as a shell says it, with a shell's exit codes. */
function notStarted(program: string, { code, message }: NodeJS.ErrnoException): { exitCode: number; error: string } {
  const [exitCode, why] =
    code === 'ENOENT'
      ? [127, 'command not found']
      : code === 'EACCES'
        ? [126, 'permission denied; is it executable?']
        : [126, message];
  const error = `${program}: ${why}`;
  process.stderr.write(`tocsin: ${error}\n`);
  return { exitCode, error };
}

/** A job that the config does not know is refused before the command runs: its runs would be lost. */
async function expectJob(job: string, options: Place & { bus?: string }): Promise<void> {
  if (options.bus !== undefined) return;
  const run = new StateFolder(options.state).read();
  if (!run)
    throw new UserError(
      `Nothing has run here yet (no state in ${options.state}). Start Tocsin once with npm start, or name the bus of a deployed stack with --bus.`,
    );
  const jobs = run.document.targets.filter((target) => target.kind === 'batch').map((target) => target.name);
  if (!jobs.includes(job))
    throw new UserError(`The config has no batch job ${job}; there are ${jobs.join(', ') || 'none'}.`);
}

async function report(run: BatchRun, options: Place & { bus?: string }): Promise<void> {
  const detail = z.encode(batchRun, run);
  if (options.bus !== undefined) return putOnBus(options.bus, detail, options);
  const event = { id: randomUUID(), source: batchRunSource, 'detail-type': batchRunDetailType, detail };
  await patiently(() => enqueue(JSON.stringify(event), options.state));
}

/** Puts the event into the queue of runs. Where no laptop run takes it from there, it is taken in here and now. */
async function enqueue(event: string, state: string): Promise<void> {
  const reached = await reachStore(new StateFolder(state));
  if (!reached) throw new Error(`there is no state in ${state}`);
  const { store, document, running } = reached;
  try {
    const clock = new SystemClock();
    const { history: ledger, metrics, queue } = storesOver(store.client, document, clock);
    await queue(runsQueue).send(event);
    if (running) return;
    // The history has the run from now on; people hear of it when the laptop runs again.
    await consume(queue(runsQueue), ingest({ document, ledger, metrics, signals: queue(signalsQueue), clock }), clock);
  } finally {
    await store.close();
  }
}

/**
 * Tries until it is patient no more: another command may have the store for a moment, or the laptop run is just starting
 * or stopping. An event that arrives twice is one run all the same.
 */
async function patiently(attempt: () => Promise<void>): Promise<void> {
  for (const giveUpAt = Date.now() + patienceMs; ; await sleep(200)) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
    }
  }
}

async function putOnBus(bus: string, detail: unknown, { profile, region }: Place): Promise<void> {
  if (profile) process.env['AWS_PROFILE'] = profile;
  if (region) process.env['AWS_REGION'] = region;
  const { EventBridgeClient, PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
  const entry = {
    EventBusName: bus,
    Source: batchRunSource,
    DetailType: batchRunDetailType,
    Detail: JSON.stringify(detail),
  };
  const { FailedEntryCount, Entries } = await new EventBridgeClient({}).send(
    new PutEventsCommand({ Entries: [entry] }),
  );
  if (FailedEntryCount) throw new Error(`${Entries?.[0]?.ErrorCode}: ${Entries?.[0]?.ErrorMessage}`);
}
