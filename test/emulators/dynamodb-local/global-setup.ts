import type { TestProject } from 'vitest/node';
import { type DynamodbLocal, startDynamodbLocal } from './dynamodb-local.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The address of the DynamoDB Local that all tests of the run share; undefined in a plain `npm test`. */
    dynamodbLocal?: { endpoint: string };
  }
}

let server: DynamodbLocal;

/** Before all tests of the run. */
export async function setup(project: TestProject): Promise<void> {
  const started = Date.now();
  server = await startDynamodbLocal(console.log);
  console.log(`DynamoDB Local at ${server.endpoint} after ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  project.provide('dynamodbLocal', { endpoint: server.endpoint });
}

/** After all tests of the run. */
export const teardown = (): Promise<void> => server.stop();
