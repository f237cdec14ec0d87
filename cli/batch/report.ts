import { setTimeout as sleep } from 'node:timers/promises';
import { SystemClock } from '../../adapters/system-clock.ts';
import { UserError } from '../../core/user-error.ts';
import { ingest } from '../../functions/run-ingest/ingest.ts';
import { consume } from '../../laptop/consume.ts';
import { runsQueue, signalsQueue } from '../../laptop/pipeline.ts';
import { StateFolder } from '../../laptop/state-folder.ts';
import { connectToStore, StoreBusyError, storesOver } from '../../laptop/store.ts';
import type { Unreported } from '../../laptop/unreported-runs.ts';
import type { StoreLocation } from '../open-store.ts';

/** Where a run is reported to: the bus of a deployed pipeline, or the laptop whose state is in a folder. */
export type Destination = StoreLocation & { bus?: string };

/** How long a report is tried while the store cannot be reached, in milliseconds. */
const patienceMs = 15_000;

/** Nothing has run in this folder yet, so there is nobody to report to. */
export class NobodyHereError extends Error {
  override readonly name = 'NobodyHereError';
}

/** Hands an event over. @throws when nobody takes it */
export const send = (event: Unreported['event'], to: Destination): Promise<void> =>
  to.bus === undefined ? patiently(() => enqueue(JSON.stringify(event), to.state)) : putOnBus(to.bus, event, to);

/** Puts the event into the queue of runs. Where no laptop run takes it from there, it is taken in here and now. */
async function enqueue(event: string, state: string): Promise<void> {
  const reached = await connectToStore(new StateFolder(state));
  if (!reached) throw new NobodyHereError(`nothing has run here yet (no state in ${state})`);
  const { store, document, running } = reached;
  try {
    const clock = new SystemClock();
    const { history: ledger, metrics, queue } = storesOver(store.client, document, clock);
    await queue(runsQueue).send(event);
    if (running) return;
    // The history has the run from now on; people are notified when the laptop runs again.
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
      if (isForGood(error) || Date.now() > giveUpAt) throw error;
    }
  }
}

/** Whether trying again cannot help: nobody is there, a laptop run hangs, or the state is not to be read. */
const isForGood = (error: unknown): boolean =>
  error instanceof NobodyHereError || (error instanceof UserError && !(error instanceof StoreBusyError));

/** The job is over, and whoever started it waits: a network that gives no answer must not hold it for ever. */
const limits = { connectionTimeout: 5000, requestTimeout: 10_000, throwOnRequestTimeout: true };

async function putOnBus(bus: string, event: Unreported['event'], { profile, region }: StoreLocation): Promise<void> {
  if (profile) process.env['AWS_PROFILE'] = profile;
  if (region) process.env['AWS_REGION'] = region;
  const { EventBridgeClient, PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
  const entry = {
    EventBusName: bus,
    Source: String(event['source']),
    DetailType: String(event['detail-type']),
    Detail: JSON.stringify(event['detail']),
  };
  const { FailedEntryCount, Entries } = await new EventBridgeClient({ requestHandler: limits }).send(
    new PutEventsCommand({ Entries: [entry] }),
  );
  if (FailedEntryCount) throw new Error(`${Entries?.[0]?.ErrorCode}: ${Entries?.[0]?.ErrorMessage}`);
}
