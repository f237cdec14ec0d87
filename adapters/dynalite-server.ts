import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import storage from 'dynalite/db/index.js';
import { Level } from 'level';
import { type Failover, failOver } from './failover-level.ts';

/** A DynamoDB in this process, and a client that speaks to it over loopback. */
export interface DynaliteServer {
  /** `http://127.0.0.1:<port>` */
  endpoint: string;
  client: DynamoDBClient;
  /** Ends it. What the disk refused while it ran is written now. @throws when the disk still refuses it */
  stop(): Promise<void>;
}

/** Where a DynamoDB keeps its tables. */
export interface DynaliteOptions {
  /** The folder; without it, memory. */
  path?: string;
  /** The disk failed while it ran: from now on it keeps in memory what is written. Called once. */
  onDiskFailure?: (error: Error) => void;
}

/**
 * Starts dynalite on a free port of 127.0.0.1.
 * @throws when the folder cannot be opened, as when another process has it open
 */
export async function startDynalite({ path, onDiskFailure }: DynaliteOptions = {}): Promise<DynaliteServer> {
  const { server, opened, failover } = create(path, onDiskFailure);
  await opened;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  const client = localClient(endpoint);
  return {
    endpoint,
    client,
    stop: async () => {
      client.destroy();
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      });
      if (path !== undefined) await writeLate(path, failover);
    },
  };
}

/** Writes to a folder that was opened anew what its disk refused before. */
async function writeLate(path: string, failover: Failover | undefined): Promise<void> {
  const pending = (await failover?.pending()) ?? [];
  if (pending.length === 0) return;
  const level = new Level<string, unknown>(path, { valueEncoding: 'json' });
  await level.open();
  try {
    await level.batch(pending);
  } finally {
    await level.close();
  }
}

/**
 * dynalite opens its folder by itself and, when that fails, throws where nobody can catch it: at the first request, which
 * ends the whole process. So the database that it makes is caught on the way, and its opening awaited.
 */
function create(path: string | undefined, onDiskFailure: DynaliteOptions['onDiskFailure']) {
  const make = storage.create;
  let opened: Promise<void> = Promise.resolve();
  let failover: Failover | undefined;
  storage.create = (given) => {
    const store = make(given);
    opened = store.db.open();
    if (path !== undefined && onDiskFailure) failover = failOver(store.db, onDiskFailure);
    return store;
  };
  try {
    const place = path === undefined ? {} : { path };
    const server: Server = dynalite({ ...place, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    return { server, opened, failover };
  } finally {
    storage.create = make;
  }
}

/**
 * A client of a DynamoDB of one's own. Credentials are made up: it asks for some and looks at none.
 * @param options.answersWithinMs how long one request may take. @default as long as it likes
 */
export const localClient = (endpoint: string, options: { answersWithinMs?: number } = {}): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    ...(options.answersWithinMs !== undefined && {
      maxAttempts: 1,
      requestHandler: { requestTimeout: options.answersWithinMs, throwOnRequestTimeout: true },
    }),
  });
