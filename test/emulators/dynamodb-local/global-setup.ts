import { type DynamodbLocal, startDynamodbLocal } from './dynamodb-local.ts';

let server: DynamodbLocal;

/** Before all tests of the run: its address stands where test/support/dynamodb-tables.ts looks for another DynamoDB. */
export async function setup(): Promise<void> {
  const started = Date.now();
  server = await startDynamodbLocal(console.log);
  console.log(`DynamoDB Local at ${server.endpoint} after ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  process.env['TOCSIN_DYNAMODB'] = server.endpoint;
}

/** After all tests of the run. */
export const teardown = (): Promise<void> => server.stop();
