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

/** The names of the tables on a laptop: those of the deployment, and one in place of AWS services (queues, alarms, datapoints). */
export const laptopTables = { history: 'history', incidents: 'incidents', laptop: 'laptop' } as const;

/** The part of the world that is stored. */
export type Stores = Pick<
  World,
  'history' | 'groups' | 'archive' | 'deliveries' | 'pauses' | 'metrics' | 'alarms' | 'queue'
>;

/** The store of a laptop, a local DynamoDB. */
export interface Store {
  client: DynamoDBClient;
  /** The URL for other processes. */
  endpoint: string;
  /** It was empty when it was opened. */
  isNew: boolean;
  /** @throws if changes that could not be written to the disk still cannot be written */
  close(): Promise<void>;
}

/** The store is in use by a process that does not serve it, because it is starting or stopping. */
export class StoreBusyError extends UserError {
  override readonly name = 'StoreBusyError';
}

/**
 * Opens the store of a deployment for this process, and creates missing tables.
 * @param onDiskFailure called if the disk fails while the store is open; the store continues in memory
 * @throws {UserError} if it cannot be opened
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
      throw new StoreBusyError(`Another process is using the store ${path}. Try again, or end that process.`);
    throw new UserError(
      {
        place: `The store ${path}`,
        found: `cannot be opened: ${message}`,
        fix: 'Check the free disk space and the permissions of the folder. If the store is damaged, move it; the next start creates a new one',
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

/** A store in memory, for a run whose disk fails. */
export const openMemoryStore = async (): Promise<Store> => withTables(await startDynalite());

async function withTables({ client, endpoint, stop }: DynaliteServer): Promise<Store> {
  const isNew = await createTable(client, laptopTables.history, tables.history);
  await createTable(client, laptopTables.incidents, tables.incidents);
  await createTable(client, laptopTables.laptop, { indexes: [], timeToLive: 'expiresAt' });
  return { client, endpoint, isNew, close: stop };
}

/**
 * Connects to the store of the current or last run of a state folder: through its process while that is `running`, otherwise by
 * opening it. Undefined if nothing has run.
 * @throws {UserError} if the state is damaged or missing, or the running process does not respond
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
      fix: 'Start Tocsin with this folder, which writes a new file',
    });
  }
  const owner = await folder.owner();
  if (owner?.hangs)
    throw new UserError(
      `The laptop run that owns the store (process ${owner.pid}) does not respond. If it is suspended, continue it with fg or kill -CONT ${owner.pid}. Otherwise end it.`,
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
        ? 'was only in memory because the disk failed, and was lost when the last run ended'
        : `is missing, but ${folder.runFilePath} refers to it`,
      fix: 'Restore it, or start Tocsin, which creates a new one',
    });
  return { document: run.document, running: false, store: await openStore(folder, run.document) };
}

/** The timeout of a request to the owner of a store, in milliseconds. */
const answersWithinMs = 10_000;

/** The stores of a document in the DynamoDB of a laptop. */
export function storesOver(client: DynamoDBClient, document: MonitoringDocument, clock: Clock): Stores {
  const options = { clock, retentionDays: document.retentionDays };
  const laptop = new DynamodbTable(client, laptopTables.laptop);
  const queues = new Map<string, DynamodbQueue>();
  return {
    history: new DynamodbExecutionHistory(client, laptopTables.history, options),
    groups: new DynamodbGroups(client, laptopTables.incidents),
    archive: new DynamodbIncidentArchive(client, laptopTables.incidents, options),
    deliveries: new DynamodbDeliveries(client, laptopTables.incidents, options),
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

/** Ends the pauses of all channels. A pause depends on the clock, so it is invalid after the clock was set back. */
export async function endPauses(client: DynamoDBClient, document: MonitoringDocument): Promise<void> {
  const pauses = new DynamodbChannelPauses(client, laptopTables.incidents);
  for (const channel of Object.keys(document.channels)) await pauses.end(channel);
}

/** The longest evaluation range of all alarms plus one hour, in seconds. */
const longestWindowSeconds = (document: MonitoringDocument): number =>
  Math.max(0, ...alarmsHere(document).map((alarm) => evaluationRange(alarm) * alarm.periodSeconds)) + 3600;
