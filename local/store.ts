import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { localClient, startDynalite } from '../adapters/dynalite-server.ts';
import { DynamodbChannelPauses } from '../adapters/dynamodb-channel-pauses.ts';
import { createTable } from '../adapters/dynamodb-create-table.ts';
import { DynamodbDeliveries } from '../adapters/dynamodb-deliveries.ts';
import { DynamodbExecutionHistory } from '../adapters/dynamodb-execution-history.ts';
import { DynamodbGroups } from '../adapters/dynamodb-groups.ts';
import { DynamodbIncidentArchive } from '../adapters/dynamodb-incident-archive.ts';
import { DynamodbTable } from '../adapters/dynamodb-table.ts';
import { evaluationRange } from '../core/alarms/evaluate.ts';
import type { MonitoringDocument } from '../core/config/document.ts';
import { tables } from '../core/deployment/tables.ts';
import type { Clock } from '../core/time/clock.ts';
import { DynamodbAlarmStore } from './dynamodb-alarm-store.ts';
import { DynamodbQueue } from './dynamodb-queue.ts';
import { DynamodbSeries } from './dynamodb-series.ts';
import { alarmsHere } from './laptop-alarms.ts';
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
  close(): Promise<void>;
}

/** The store is in use by a process that does not serve it: it was just started, or it hangs. */
export class StoreBusyError extends Error {
  override readonly name = 'StoreBusyError';
}

/** Opens the store of a deployment for this process, and makes its tables when they are not there. */
export async function openStore(folder: StateFolder, document: MonitoringDocument): Promise<Store> {
  const path = folder.storePath(document);
  const server = await startDynalite({ path }).catch((error: Error) => {
    const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException;
    if (code !== 'LEVEL_LOCKED') throw new Error(`The store ${path} cannot be opened: ${message}`, { cause: error });
    throw new StoreBusyError(`Another process is using the store ${path}. Try again in a moment, or end that process.`);
  });
  await createTable(server.client, laptopTables.history, tables.history);
  await createTable(server.client, laptopTables.incidents, tables.incidents);
  await createTable(server.client, laptopTables.laptop, { indexes: [], timeToLive: 'expiresAt' });
  return { client: server.client, endpoint: server.endpoint, close: server.stop };
}

/**
 * Reaches the store of what runs, or ran last, in a folder: through its owner while that is `running`, else by opening it.
 */
export async function reachStore(
  folder: StateFolder,
): Promise<{ store: Store; document: MonitoringDocument; running: boolean } | undefined> {
  const run = folder.read();
  if (!run) return undefined;
  const owner = await folder.owner();
  if (owner?.hangs)
    throw new StoreBusyError(
      `The laptop run that has the store (process ${owner.pid}) does not answer. If it was suspended, continue it with fg or kill -CONT ${owner.pid}; else end it.`,
    );
  if (owner) {
    const client = localClient(owner.endpoint, { answersWithinMs });
    return {
      document: owner.document,
      running: true,
      store: { client, endpoint: owner.endpoint, close: async () => client.destroy() },
    };
  }
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

/** How far back any alarm looks, in seconds, and an hour more. */
const longestWindowSeconds = (document: MonitoringDocument): number =>
  Math.max(0, ...alarmsHere(document).map((alarm) => evaluationRange(alarm) * alarm.periodSeconds)) + 3600;
