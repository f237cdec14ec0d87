import { describe } from 'vitest';
import { DynamodbExecutionHistory } from '../../adapters/dynamodb-execution-history.ts';
import { MemoryExecutionHistory } from '../../adapters/memory-execution-history.ts';
import { batchLedgerContract } from '../support/batch-ledger-contract.ts';
import { dynamodbTables } from '../support/dynamodb-tables.ts';
import { executionHistoryContract } from '../support/execution-history-contract.ts';
import type { HandClock } from '../support/hand-clock.ts';

const { client, fresh } = dynamodbTables();

describe.each([
  ['in memory', async (options: Options) => new MemoryExecutionHistory(options)],
  [
    'in DynamoDB',
    async (options: Options) =>
      new DynamodbExecutionHistory(client(), await fresh('history'), { ...options, pageSize: 4 }),
  ],
])('%s', (_, make) => {
  executionHistoryContract(make);
  batchLedgerContract(make);
});

interface Options {
  clock: HandClock;
  retentionDays: number;
}
