import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, inject } from 'vitest';
import { localClient, startDynalite } from '../../adapters/dynalite-server.ts';
import { createTable } from '../../adapters/dynamodb-create-table.ts';
import { tables } from '../../core/deployment/tables.ts';

/**
 * A DynamoDB for the tests of a file: dynalite in this process, started before them and stopped after; in
 * `npm run test:dynamodb-local` the DynamoDB Local of the whole run.
 * `fresh` makes an empty table and tells its name.
 */
export function dynamodbTables(): {
  client: () => DynamoDBClient;
  fresh: (table: keyof typeof tables) => Promise<string>;
} {
  let server: { client: DynamoDBClient; stop: () => Promise<void> };
  beforeAll(async () => {
    const shared = inject('dynamodbLocal');
    server = shared ? sharedServer(shared.endpoint) : await startDynalite();
  });
  afterAll(() => server.stop());
  return {
    client: () => server.client,
    fresh: async (table) => {
      const name = `${table}-${randomUUID()}`;
      await createTable(server.client, name, tables[table]);
      return name;
    },
  };
}

function sharedServer(endpoint: string) {
  const client = localClient(endpoint);
  return { client, stop: async () => client.destroy() };
}
