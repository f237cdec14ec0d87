import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { FetchHttpPoster } from '../adapters/fetch-http-poster.ts';
import { NodeHttpProbe } from '../adapters/got-http-probe.ts';
import { SesMail } from '../adapters/ses-mail.ts';
import { SmtpMail } from '../adapters/smtp-mail.ts';
import { StatfsLocalDisks } from '../adapters/statfs-local-disks.ts';
import { SystemClock } from '../adapters/system-clock.ts';
import type { AgentDisks } from '../core/checks/observe.ts';
import type { MonitoringDocument } from '../core/definition/document.ts';
import type { Carriers } from '../core/delivery/send.ts';
import { UserError } from '../core/user-error.ts';
import { driveInRealTime } from './drive-in-real-time.ts';
import { expectSecrets } from './expect-secrets.ts';
import { laptopSecrets } from './laptop-secrets.ts';
import { openState } from './open-state.ts';
import { OutboxMail } from './outbox-mail.ts';
import { pipeline, runsQueue } from './pipeline.ts';
import { clockSetBack, type PipelineProblem, runFileUnwritten } from './pipeline-problem.ts';
import { printingCarriers, readableMail } from './printed-messages.ts';
import { ProblemReporter } from './problem-reporter.ts';
import { purge } from './purge.ts';
import type { RunView } from './run-view.ts';
import type { RunFile, StateFolder } from './state-folder.ts';
import { endPauses, type Store, storesOver } from './store.ts';
import { UnreportedRuns } from './unreported-runs.ts';
import type { World } from './world.ts';

/** How a laptop run delivers. */
export interface LaptopOptions {
  folder: StateFolder;
  /** The folder of the config file, which may have a `.env` file. @default the current folder */
  configFolder?: string;
  /** Show messages in the terminal instead of sending them. @default false */
  print?: boolean;
  /** Send mail of channels without `smtp` through SES with the machine's AWS credentials. @default false: the outbox */
  ses?: boolean;
  view: RunView;
}

/**
 * Runs the pipeline on this machine until it is stopped, with real checks, real messages and a store on disk. Resolves when the
 * running tasks have ended and the store is closed.
 */
export async function runLaptop(
  document: MonitoringDocument,
  options: LaptopOptions,
  stop: AbortSignal,
  ready?: () => void,
): Promise<void> {
  const { folder, view } = options;
  await expectNoOtherRun(folder);
  const clock = new SystemClock();
  const carriersOf = await laptopCarriers(document, options);
  const problems = new ProblemReporter(view);
  /** An error of background work must not end monitoring. */
  const inBackground = (error: unknown) => view.warn(`${view.describe(error)} Tocsin continues to run.`);
  const { store, inMemory } = await openState(folder, document, problems.report);
  const note = (run: Partial<RunFile>) =>
    noteRun(folder, { document, inMemory, ...configFolderOf(options), ...run }, problems.report);
  try {
    note({ pid: process.pid, endpoint: store.endpoint });
    const { spectator } = view;
    const world = laptopWorld(document, store, { carriersOf, configFolder: options.configFolder });
    const tasks = [...(await pipeline(world, spectator)), purge(store.client, clock)];
    await problems.connect(world, spectator);
    // Each task listens for the abort signal.
    setMaxListeners(tasks.length + 10, stop);
    await takeUnreported(folder, store, document).catch((error: unknown) =>
      spectator.failed('recording runs that could not be reported', error),
    );
    ready?.();
    const onSetBack = (byMs: number) => {
      problems.report(clockSetBack(byMs));
      void endPauses(store.client, document).catch((error: unknown) => spectator.failed('ending pauses', error));
    };
    process.on('unhandledRejection', inBackground);
    await driveInRealTime(tasks, clock, stop, (task, error) => spectator.failed(task.name, error), onSetBack);
  } finally {
    process.off('unhandledRejection', inBackground);
    note({});
    await closeStore(store, folder.storePath(document));
  }
  view.print(
    inMemory
      ? 'Stopped. The history and open incidents were only in memory and are lost.'
      : 'Stopped. The history and open incidents are saved; the next start continues from here.',
  );
}

/** The folder of the config, so that a check from another folder finds its secrets. */
const configFolderOf = ({ configFolder }: LaptopOptions): Pick<RunFile, 'configFolder'> =>
  configFolder === undefined ? {} : { configFolder: resolve(configFolder) };

/** Writes the file about this run. If it cannot be written, monitoring continues. */
function noteRun(folder: StateFolder, run: RunFile, report: (problem: PipelineProblem) => void): void {
  try {
    folder.write(run);
  } catch (error) {
    report(runFileUnwritten(folder.path, error as Error));
  }
}

/** @throws {UserError} if state in memory still cannot be written */
async function closeStore(store: Store, path: string): Promise<void> {
  await store.close().catch((error: Error) => {
    throw new UserError({
      place: `The store ${path}`,
      found: `could not be written: ${((error.cause as Error | undefined) ?? error).message}`,
      fix: 'Changes since the disk failed are lost. Free disk space before you start Tocsin again',
    });
  });
}

/** Records runs of batch jobs that ended while the pipeline did not run. */
async function takeUnreported(folder: StateFolder, store: Store, document: MonitoringDocument): Promise<void> {
  const queue = storesOver(store.client, document, new SystemClock()).queue(runsQueue);
  await new UnreportedRuns(folder.path).sendAll(undefined, (event) => queue.send(JSON.stringify(event)));
}

/** The world of a laptop over its open store. */
export const laptopWorld = (
  document: MonitoringDocument,
  store: Store,
  { carriersOf, configFolder }: Pick<World, 'carriersOf'> & Pick<LaptopOptions, 'configFolder'>,
): World => ({
  document,
  clock: new SystemClock(),
  ...storesOver(store.client, document, new SystemClock()),
  instruments: laptopInstruments(configFolder),
  carriersOf,
  // Not the process id: in a container it is 1, before and after a crash.
  owner: `${hostname()}-${randomUUID()}`,
  ownsStore: true,
});

/** The instruments of checks on a laptop. @param configFolder the folder of the config file, which may have a `.env` file */
export const laptopInstruments = (configFolder?: string) => ({
  http: new NodeHttpProbe({ clock: new SystemClock() }),
  localDisks: new StatfsLocalDisks(),
  agentDisks: cloudwatchAgentDisks,
  secrets: laptopSecrets(configFolder),
});

/** The CloudWatch client is loaded only if a volume needs it, so a laptop without AWS credentials never loads the SDK. */
const cloudwatchAgentDisks: AgentDisks = {
  async room(source, now) {
    const { CloudWatchClient } = await import('@aws-sdk/client-cloudwatch');
    const { CloudwatchAgentDisks } = await import('../adapters/cloudwatch-agent-disks.ts');
    return new CloudwatchAgentDisks(new CloudWatchClient({})).room(source, now);
  },
};

async function laptopCarriers(
  document: MonitoringDocument,
  { folder, configFolder, print, ses, view }: LaptopOptions,
): Promise<World['carriersOf']> {
  const secrets = laptopSecrets(configFolder);
  const outbox = new OutboxMail(
    folder.outboxPath,
    Date.now,
    (mail, path) => void readableMail(mail).then((text) => view.showMessage(`email, saved to ${path}`, text)),
  );
  if (print) return (kind) => printingCarriers(kind, outbox, view.showMessage);
  await expectSecrets(document, secrets);
  const mail = ses ? new SesMail(new (await import('@aws-sdk/client-ses')).SESClient({ maxAttempts: 1 })) : outbox;
  const carriers: Carriers = { secrets, http: new FetchHttpPoster(), mail, smtp: (url) => new SmtpMail(url) };
  return () => carriers;
}

async function expectNoOtherRun(folder: StateFolder): Promise<void> {
  const owner = await folder.owner();
  if (owner && owner.pid !== process.pid) {
    throw new UserError(
      `Tocsin already runs with the state folder ${folder.path} (process ${owner.pid}). Stop it, or use another folder: --state ${join('.', '.tocsin-2')}`,
    );
  }
}
