import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type DynaliteServer, localClient, startDynalite } from '../adapters/dynalite-server.ts';
import { DynamodbAlarmStore } from '../adapters/dynamodb-alarm-store.ts';
import { DynamodbChannelPauses } from '../adapters/dynamodb-channel-pauses.ts';
import { createTable } from '../adapters/dynamodb-create-table.ts';
import { DynamodbDeliveries } from '../adapters/dynamodb-deliveries.ts';
import { DynamodbExecutionHistory } from '../adapters/dynamodb-execution-history.ts';
import { DynamodbGroups } from '../adapters/dynamodb-groups.ts';
import { DynamodbIncidentArchive } from '../adapters/dynamodb-incident-archive.ts';
import { DynamodbSeries } from '../adapters/dynamodb-metric-series.ts';
import { DynamodbQueue } from '../adapters/dynamodb-queue.ts';
import { DynamodbTable } from '../adapters/dynamodb-table.ts';
import { evaluationRange } from '../core/alarms/evaluate.ts';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { tables } from '../core/deployment/tables.ts';
import type { Clock } from '../core/time/clock.ts';
import { UserError } from '../core/user-error.ts';
import { alarmsHere } from './evaluated-alarms.ts';
import { makeFolder } from './make-folder.ts';
import type { StateFolder } from './state-folder.ts';
import type { World } from './world.ts';

/** Names of the tables on a laptop: those of the deployment, and one for what AWS would do (queues, alarms, points). */
export const laptopTables = { history: 'history', incidents: 'incidents', laptop: 'laptop' } as const;

/** The part of the world that is kept. */
export type Stores = Pick<
  World,
  'history' | 'groups' | 'archive' | 'deliveries' | 'pauses' | 'metrics' | 'alarms' | 'queue'
>;

/** The store of a laptop, reached through its own DynamoDB. */
export interface Store {
  client: DynamoDBClient;
  /** Where other processes reach it. */
  endpoint: string;
  /** It was empty when it was opened. */
  isNew: boolean;
  /** @throws when something that its disk refused before is refused still */
  close(): Promise<void>;
}

/** The store is in use by a process that does not serve it: it was just started, or is about to end. */
export class StoreBusyError extends UserError {
  override readonly name = 'StoreBusyError';
}

/**
 * Opens the store of a deployment for this process, and makes its tables when they are not there.
 * @param onDiskFailure its disk failed while it was open: it goes on in memory
 * @throws {UserError} when it cannot be opened
 */
export async function openStore(
  folder: StateFolder,
  document: MonitoringDocument,
  onDiskFailure: (error: Error) => void = () => {},
): Promise<Store> {
  folder.expectFolder();
  const path = folder.storePath(document);
  const server = await begin(path, onDiskFailure).catch((error: Error) => {
    const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException;
    if (code === 'LEVEL_LOCKED')
      throw new StoreBusyError(
        `Another process is using the store ${path}. Try again in a moment, or end that process.`,
      );
    throw new UserError(
      {
        place: `The store ${path}`,
        found: `cannot be opened: ${message}`,
        fix: 'Check that the disk has room and that the folder can be read and written; if the store is damaged, move it away and the next start makes a new one',
      },
      { cause: error.cause ?? error },
    );
  });
  return withTables(server);
}

async function begin(path: string, onDiskFailure: (error: Error) => void): Promise<DynaliteServer> {
  makeFolder(path);
  return startDynalite({ path, onDiskFailure });
}

/** A store that forgets: for who must go on where the disk does not let them. */
export const openMemoryStore = async (): Promise<Store> => withTables(await startDynalite());

async function withTables({ client, endpoint, stop }: DynaliteServer): Promise<Store> {
  const isNew = await createTable(client, laptopTables.history, tables.history);
  await createTable(client, laptopTables.incidents, tables.incidents);
  await createTable(client, laptopTables.laptop, { indexes: [], timeToLive: 'expiresAt' });
  return { client, endpoint, isNew, close: stop };
}

/**
 * Reaches the store of what runs, or ran last, in a folder: through its owner while that is `running`, else by opening it.
 */
export async function connectToStore(
  folder: StateFolder,
): Promise<{ store: Store; document: MonitoringDocument; running: boolean } | undefined> {
  folder.expectFolder();
  const run = folder.read();
  if (!run) {
    const damage = folder.damage();
    if (damage === undefined) return undefined;
    throw new UserError({
      place: folder.runFilePath,
      found: `cannot be read: ${damage}`,
      fix: 'Start Tocsin with this folder, which writes it anew',
    });
  }
  const owner = await folder.owner();
  if (owner?.hangs)
    throw new UserError(
      `The laptop run that has the store (process ${owner.pid}) does not answer. If it was suspended, continue it with fg or kill -CONT ${owner.pid}; else end it.`,
    );
  if (owner) {
    const client = localClient(owner.endpoint, { answersWithinMs });
    return {
      document: owner.document,
      running: true,
      store: { client, endpoint: owner.endpoint, isNew: false, close: async () => client.destroy() },
    };
  }
  if (!folder.hasStore(run.document))
    throw new UserError({
      place: `The state in ${folder.storePath(run.document)}`,
      found: run.inMemory
        ? 'was in memory only, since the disk refused it, and ended with the last run'
        : `is missing, though ${folder.runFilePath} says that there was one`,
      fix: 'Put it back, or start Tocsin, which begins a new one',
    });
  return { document: run.document, running: false, store: await openStore(folder, run.document) };
}

/** How long the owner of a store may take for an answer before it counts as hanging, in milliseconds. */
const answersWithinMs = 10_000;

/** The stores of a document over a laptop's DynamoDB. */
export function storesOver(client: DynamoDBClient, document: MonitoringDocument, clock: Clock): Stores {
  const kept = { clock, retentionDays: document.retentionDays };
  const laptop = new DynamodbTable(client, laptopTables.laptop);
  const queues = new Map<string, DynamodbQueue>();
  return {
    history: new DynamodbExecutionHistory(client, laptopTables.history, kept),
    groups: new DynamodbGroups(client, laptopTables.incidents),
    archive: new DynamodbIncidentArchive(client, laptopTables.incidents, kept),
    deliveries: new DynamodbDeliveries(client, laptopTables.incidents, kept),
    pauses: new DynamodbChannelPauses(client, laptopTables.incidents),
    metrics: new DynamodbSeries(laptop, longestWindowSeconds(document)),
    alarms: new DynamodbAlarmStore(laptop),
    queue: (name) => {
      const queue = queues.get(name) ?? new DynamodbQueue(name, laptop, () => clock.now());
      queues.set(name, queue);
      return queue;
    },
  };
}

/** Lets every channel be tried at once: a pause is told by the clock, which cannot be trusted after it was set back. */
export async function endPauses(client: DynamoDBClient, document: MonitoringDocument): Promise<void> {
  const pauses = new DynamodbChannelPauses(client, laptopTables.incidents);
  for (const channel of Object.keys(document.channels)) await pauses.end(channel);
}

/** How far back any alarm looks, in seconds, and an hour more. */
const longestWindowSeconds = (document: MonitoringDocument): number =>
  Math.max(0, ...alarmsHere(document).map((alarm) => evaluationRange(alarm) * alarm.periodSeconds)) + 3600;
