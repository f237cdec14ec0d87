import { randomUUID } from 'node:crypto';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { startDynalite } from '../../adapters/dynalite-server.ts';
import { createTable } from '../../adapters/dynamodb-create-table.ts';
import { tables } from '../../core/deployment/tables.ts';

/**
 * The address of another DynamoDB than dynalite, on loopback. The same suites run against DynamoDB Local
 * (`npm run test:dynamodb-local`) and against the emulators' own (`npm run aws:test`).
 */
const elsewhere = process.env['TOCSIN_DYNAMODB'];

/**
 * A DynamoDB for the tests of a file: dynalite in this process, started before them and stopped after, or the one that
 * others use too. `fresh` makes an empty table and tells its name.
 */
export function dynamodbTables(): {
  client: () => DynamoDBClient;
  fresh: (table: keyof typeof tables) => Promise<string>;
} {
  let server: { client: DynamoDBClient; stop(): Promise<void> };
  const made: string[] = [];
  beforeAll(async () => {
    server = elsewhere ? visit(elsewhere, made) : await startDynalite();
  });
  afterAll(() => server.stop());
  return {
    client: () => server.client,
    fresh: async (table) => {
      const name = `${table}-${randomUUID()}`;
      await createTable(server.client, name, tables[table]);
      made.push(name);
      return name;
    },
  };
}

/** A DynamoDB that others use too: what was made there is deleted. */
function visit(endpoint: string, made: readonly string[]) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials });
  const stop = async () => {
    for (const TableName of made) await client.send(new DeleteTableCommand({ TableName }));
    client.destroy();
  };
  return { client, stop };
}
