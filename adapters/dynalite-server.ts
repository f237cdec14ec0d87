import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import storage from 'dynalite/db/index.js';
import { Level } from 'level';
import { type Failover, failOver } from './failover-level.ts';

/** A DynamoDB in this process, and a client for it over loopback. */
export interface DynaliteServer {
  /** `http://127.0.0.1:<port>` */
  endpoint: string;
  client: DynamoDBClient;
  /** Stops it. Data that the disk failed to store before is written now. @throws when the disk still fails */
  stop(): Promise<void>;
}

/** Where a DynamoDB stores its tables. */
export interface DynaliteOptions {
  /** The folder. @default in memory */
  path?: string;
  /** Called once when the disk fails. From then on, data is written to memory. */
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

/** Opens the folder again and writes the data that its disk failed to store before. */
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
 * dynalite opens its folder itself. If that fails, it throws at the first request, where the error cannot be caught and ends
 * the process. Therefore the database that it creates is intercepted, and its opening is awaited.
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
 * A client of a local DynamoDB. The credentials are dummies: the client requires them, and the server ignores them.
 * @param options.answersWithinMs the timeout of a request, in milliseconds. @default no timeout
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
