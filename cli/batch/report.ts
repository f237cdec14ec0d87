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

/** Where a run is reported to: the event bus of a deployed pipeline, or the laptop with a state folder. */
export type Destination = StoreLocation & { bus?: string };

/** How long a report is retried while the store is not available, in milliseconds. */
const retryMs = 15_000;

/** Nothing has run with this state folder yet, so there is no store to report to. */
export class NoStateError extends Error {
  override readonly name = 'NoStateError';
}

/** Sends an event. @throws if it could not be delivered */
export const send = (event: Unreported['event'], to: Destination): Promise<void> =>
  to.bus === undefined ? withRetries(() => enqueue(JSON.stringify(event), to.state)) : putOnBus(to.bus, event, to);

/** Puts the event into the queue of runs. If no laptop run processes the queue, this function does it. */
async function enqueue(event: string, state: string): Promise<void> {
  const connected = await connectToStore(new StateFolder(state));
  if (!connected) throw new NoStateError(`nothing has run here yet (no state in ${state})`);
  const { store, document, running } = connected;
  try {
    const clock = new SystemClock();
    const { history: ledger, metrics, queue } = storesOver(store.client, document, clock);
    await queue(runsQueue).send(event);
    if (running) return;
    // The history now contains the run. Notifications are sent when the laptop runs again.
    await consume(queue(runsQueue), ingest({ document, ledger, metrics, signals: queue(signalsQueue), clock }), clock);
  } finally {
    await store.close();
  }
}

/**
 * Retries for a limited time: another command may use the store, or the laptop run may be starting or stopping. An event that
 * is delivered twice is recorded as one run.
 */
async function withRetries(attempt: () => Promise<void>): Promise<void> {
  for (const endsAt = Date.now() + retryMs; ; await sleep(200)) {
    try {
      return await attempt();
    } catch (error) {
      if (isPermanent(error) || Date.now() > endsAt) throw error;
    }
  }
}

/** Whether a retry cannot help: there is no state, a laptop run hangs, or the state cannot be read. */
const isPermanent = (error: unknown): boolean =>
  error instanceof NoStateError || (error instanceof UserError && !(error instanceof StoreBusyError));

/** Timeouts in milliseconds: the caller of the job waits, so a network that does not respond must not block it. */
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
