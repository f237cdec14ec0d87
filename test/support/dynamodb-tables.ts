import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { type DynaliteServer, startDynalite } from '../../adapters/dynalite-server.ts';
import { createTable } from '../../adapters/dynamodb-create-table.ts';
import { tables } from '../../core/deployment/tables.ts';

/**
 * A DynamoDB for the tests of a file: dynalite in this process, started before them and stopped after.
 * `fresh` makes an empty table and tells its name.
 */
export function dynamodbTables(): {
  client: () => DynamoDBClient;
  fresh: (table: keyof typeof tables) => Promise<string>;
} {
  let server: DynaliteServer;
  let made = 0;
  beforeAll(async () => {
    server = await startDynalite();
  });
  afterAll(() => server.stop());
  return {
    client: () => server.client,
    fresh: async (table) => {
      const name = `${table}-${++made}`;
      await createTable(server.client, name, tables[table]);
      return name;
    },
  };
}
