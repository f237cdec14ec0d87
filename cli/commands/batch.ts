import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { useOneOf } from '../../core/definition/did-you-mean.ts';
import { UserError } from '../../core/user-error.ts';
import { type BatchRun, batchRun, batchRunDetailType, batchRunSource } from '../../events/batch-run.ts';
import { StateFolder } from '../../laptop/state-folder.ts';
import { UnreportedRuns } from '../../laptop/unreported-runs.ts';
import { completed, countsIn, type GivenCounts, givenCounts } from '../batch/counts.ts';
import { execute } from '../batch/execute.ts';
import { type Destination, send } from '../batch/report.ts';
import type { Terminal } from '../terminal.ts';

/** The options of `batch run`. */
export type BatchRunOptions = Destination & GivenCounts & { readCounts?: boolean };

/**
 * `tocsin batch run <job> -- command …`: runs a command and reports the run when it ends. The command always runs, and its
 * exit code is always returned. A report that cannot be delivered is stored and sent with the next run.
 */
export async function batchRunCommand(
  job: string,
  command: readonly string[],
  options: BatchRunOptions,
  terminal: Terminal,
): Promise<number> {
  const [program, ...args] = command;
  if (program === undefined)
    throw new UserError(
      'No command is given. Write it after two hyphens: npx tocsin batch run nightly -- ./score.sh --all',
    );
  warnOfUnknownJob(job, options, terminal);
  const startedAt = Date.now();
  const { exitCode, error, output } = await execute(program, args, { readsOutput: options.readCounts ?? false });
  const given = givenCounts(options, (problem) => terminal.warn(`tocsin: ${problem}`));
  const run: BatchRun = {
    job,
    runId: `${new Date(startedAt).toISOString()}-${randomUUID().slice(0, 8)}`,
    startedAt,
    finishedAt: Date.now(),
    outcome: exitCode === 0 ? 'succeeded' : 'failed',
    exitCode,
    ...(exitCode === 0 ? {} : { error: error || `${program} ended with exit code ${exitCode}` }),
    ...completed({ ...given, ...(options.readCounts ? countsIn(output) : {}) }),
  };
  await report(run, options, terminal);
  return exitCode;
}

/** The maximum time to report earlier runs, in milliseconds: the caller waits for this command to end. */
const earlierRunsMs = 5000;

/** Reports a run, and earlier runs that could not be reported. Prints what could not be delivered. Does not throw. */
async function report(run: BatchRun, to: BatchRunOptions, terminal: Terminal): Promise<void> {
  const encoded = z.safeEncode(batchRun, run);
  if (!encoded.success) {
    terminal.warn(`tocsin: the run is not reported: ${z.prettifyError(encoded.error)}`);
    return;
  }
  const detail = encoded.data;
  const event = { id: randomUUID(), source: batchRunSource, 'detail-type': batchRunDetailType, detail };
  const unreported = new UnreportedRuns(to.state);
  try {
    await send(event, to);
  } catch (failure) {
    storeForLater({ event, ...(to.bus === undefined ? {} : { bus: to.bus }) }, (failure as Error).message);
    return;
  }
  try {
    const until = Date.now() + earlierRunsMs;
    const { sent, someStay } = await unreported.sendAll(
      to.bus,
      (earlier) => send(earlier, to),
      () => Date.now() < until,
    );
    const rest = someStay ? '; the rest is reported with the next run or the next start' : '';
    if (sent > 0) terminal.warn(`tocsin: ${sent} earlier ${sent === 1 ? 'run was' : 'runs were'} also reported${rest}`);
  } catch (failure) {
    terminal.warn(
      `tocsin: earlier runs could not be reported and remain in ${unreported.path}: ${(failure as Error).message}`,
    );
  }

  function storeForLater(one: Parameters<UnreportedRuns['keep']>[0], reason: string): void {
    try {
      unreported.keep(one);
      terminal.warn(
        `tocsin: the run of ${run.job} could not be reported; it is stored in ${unreported.path} and reported with the next run: ${reason}`,
      );
    } catch (failure) {
      terminal.warn(
        `tocsin: the run of ${run.job} is lost: it could not be reported (${reason}) or stored (${(failure as Error).message})`,
      );
    }
  }
}

/** Warns about a job that the config does not contain. Its command runs anyway. */
function warnOfUnknownJob(job: string, { bus, state }: Destination, terminal: Terminal): void {
  const run = bus === undefined ? new StateFolder(state).read() : undefined;
  if (!run) return;
  const jobs = run.document.targets.filter((target) => target.kind === 'batch').map((target) => target.name);
  if (jobs.includes(job)) return;
  terminal.warn(
    `tocsin: the config has no batch job ${job}; ${useOneOf(job, jobs)}. The command runs, but its run becomes a dead letter until the job is added`,
  );
}
