import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import storage from 'dynalite/db/index.js';

/** A DynamoDB in this process, and a client that speaks to it over loopback. */
export interface DynaliteServer {
  /** `http://127.0.0.1:<port>` */
  endpoint: string;
  client: DynamoDBClient;
  stop(): Promise<void>;
}

/**
 * Starts dynalite on a free port of 127.0.0.1.
 * @param options.path the folder that keeps its tables; without it, memory
 * @throws when the folder cannot be opened, as when another process has it open
 */
export async function startDynalite(options: { path?: string } = {}): Promise<DynaliteServer> {
  const { server, opened } = create({ ...options, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
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
    },
  };
}

/**
 * dynalite opens its folder by itself and, when that fails, throws where nobody can catch it: at the first request, which
 * ends the whole process. So the database that it makes is caught on the way, and its opening awaited.
 */
function create(options: NonNullable<Parameters<typeof dynalite>[0]>): { server: Server; opened: Promise<void> } {
  const make = storage.create;
  let opened: Promise<void> = Promise.resolve();
  storage.create = (given) => {
    const store = make(given);
    opened = store.db.open();
    return store;
  };
  try {
    const server = dynalite(options);
    return { server, opened };
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
