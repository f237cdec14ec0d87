import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { hostname } from 'node:os';
import { join } from 'node:path';
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
import { driveReally } from './drive-in-real-time.ts';
import { expectSecrets } from './expect-secrets.ts';
import { laptopSecrets } from './laptop-secrets.ts';
import { openState } from './open-state.ts';
import { OutboxMail } from './outbox-mail.ts';
import { pipeline, runsQueue } from './pipeline.ts';
import { printingCarriers, readableMail } from './printed-messages.ts';
import { purge } from './purge.ts';
import type { RunView } from './run-view.ts';
import type { RunFile, StateFolder } from './state-folder.ts';
import { endPauses, type Store, storesOver } from './store.ts';
import { clockSetBack, runFileUnwritten, type Trouble } from './trouble.ts';
import { TroubleReporter } from './trouble-reporter.ts';
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
 * The pipeline on this machine until it is stopped: real checks, real messages, a store on disk. What was under way is
 * ended and the store closed before this resolves.
 */
export async function runLaptop(
  document: MonitoringDocument,
  options: LaptopOptions,
  stop: AbortSignal,
  ready?: () => void,
): Promise<void> {
  const { folder, view } = options;
  await expectNobodyElse(folder);
  const clock = new SystemClock();
  const carriersOf = await laptopCarriers(document, options);
  const troubles = new TroubleReporter(view);
  /** Nothing that fails where nobody waits for it ends the watch. */
  const inBackground = (error: unknown) => view.warn(`${view.describe(error)} Tocsin continues to run.`);
  const { store, inMemory } = await openState(folder, document, troubles.report);
  const note = (run: Partial<RunFile>) => noteRun(folder, { document, inMemory, ...run }, troubles.report);
  try {
    note({ pid: process.pid, endpoint: store.endpoint });
    const { spectator } = view;
    const world = laptopWorld(document, store, { carriersOf, configFolder: options.configFolder });
    const works = [...(await pipeline(world, spectator)), purge(store.client, clock)];
    await troubles.connect(world, spectator);
    // Each piece of work listens for the end.
    setMaxListeners(works.length + 10, stop);
    await takeUnreported(folder, store, document).catch((error: unknown) =>
      spectator.failed('taking in runs that could not be reported', error),
    );
    ready?.();
    const onSetBack = (byMs: number) => {
      troubles.report(clockSetBack(byMs));
      void endPauses(store.client, document).catch((error: unknown) => spectator.failed('ending pauses', error));
    };
    process.on('unhandledRejection', inBackground);
    await driveReally(works, clock, stop, (work, error) => spectator.failed(work.name, error), onSetBack);
  } finally {
    process.off('unhandledRejection', inBackground);
    note({});
    await closeStore(store, folder.storePath(document));
  }
  view.print(
    inMemory
      ? 'Stopped. The history and what is open were in memory only, and are gone.'
      : 'Stopped. The history and what is open are kept; the next start goes on from here.',
  );
}

/** Writes down what runs here. A folder that takes no file keeps nobody from watching. */
function noteRun(folder: StateFolder, run: RunFile, report: (trouble: Trouble) => void): void {
  try {
    folder.write(run);
  } catch (error) {
    report(runFileUnwritten(folder.path, error as Error));
  }
}

/** @throws {UserError} when what was kept in memory cannot be written now either */
async function closeStore(store: Store, path: string): Promise<void> {
  await store.close().catch((error: Error) => {
    throw new UserError({
      place: `The store ${path}`,
      found: `could not be written: ${((error.cause as Error | undefined) ?? error).message}`,
      fix: 'What changed since its disk failed is lost; make room on the disk before you start Tocsin again',
    });
  });
}

/** Runs of batch jobs that ended while nobody was there to be reported to. */
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
  // Not the process's number: in a container that is 1, before a crash and after it.
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

/** CloudWatch is asked only when a volume needs it: a laptop without AWS credentials never loads its SDK. */
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
    (mail, path) => void readableMail(mail).then((text) => view.showMessage(`email, written to ${path}`, text)),
  );
  if (print) return (kind) => printingCarriers(kind, outbox, view.showMessage);
  await expectSecrets(document, secrets);
  const mail = ses ? new SesMail(new (await import('@aws-sdk/client-ses')).SESClient({ maxAttempts: 1 })) : outbox;
  const carriers: Carriers = { secrets, http: new FetchHttpPoster(), mail, smtp: (url) => new SmtpMail(url) };
  return () => carriers;
}

async function expectNobodyElse(folder: StateFolder): Promise<void> {
  const owner = await folder.owner();
  if (owner && owner.pid !== process.pid) {
    throw new UserError(
      `Tocsin already runs with the state folder ${folder.path} (process ${owner.pid}). Stop it, or choose another folder: --state ${join('.', '.tocsin-2')}`,
    );
  }
}
