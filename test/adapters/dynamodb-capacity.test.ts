import { BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, it } from 'vitest';
import { DynamodbExecutionHistory } from '../../adapters/dynamodb-execution-history.ts';
import { runItem } from '../../adapters/dynamodb-run-item.ts';
import type { Run } from '../../core/history/run.ts';
import { aFailedRun, aRun } from '../support/a-run.ts';
import { collect } from '../support/collect.ts';
import { dynamodbTables } from '../support/dynamodb-tables.ts';
import { handClock } from '../support/hand-clock.ts';

const { client, fresh } = dynamodbTables();
const clock = handClock('2026-11-21T12:00:00Z');
const retentionDays = 90;

/** What everybody asks for: five runs of yesterday, two of them failed. */
const answer = [3, 4, 5, 6, 7].map((hour) => (hour > 5 ? aFailedRun : aRun)({ start: `2026-11-20T0${hour}:00:00Z` }));

/** Runs that no question asks for: of the same job long ago, of other targets at the same time. */
const noise = (count: number): Run[] =>
  Array.from({ length: count }, (_, n) => {
    const old = new Date(Date.parse('2026-11-12T00:00:00Z') - n * 600_000).toISOString();
    return n % 2
      ? aFailedRun({ start: old })
      : aRun({ start: answer[0]!.id.slice(4), kind: 'health', target: `s${n}` });
  });

const questions: [string, (history: DynamodbExecutionHistory) => Promise<unknown>][] = [
  ['recentRuns', (history) => collect(history.recentRuns({ days: 7 }))],
  ['failedRuns', (history) => collect(history.failedRuns({ days: 7 }))],
  ['lastRun', (history) => history.lastRun('job', 'nightly')],
  [
    'runsBetween',
    (history) => collect(history.runsBetween('job', 'nightly', Date.parse('2026-11-20'), Date.parse('2026-11-21'))),
  ],
];

it('costs the same for the same answer, with 100 items in the table or with 10,000', async () => {
  const small = await measure(100);
  const large = await measure(10_000);
  expect(large).toEqual(small);
  for (const { units, found } of Object.values(small)) {
    expect(units).toBeGreaterThan(0);
    expect(found).toBeDefined();
  }
  expect(small['recentRuns']?.found).toHaveLength(5);
  expect(small['failedRuns']?.found).toHaveLength(2);
});

async function measure(items: number): Promise<Record<string, { units: number; found: unknown }>> {
  const table = await fresh('history');
  await load(client(), table, [...answer, ...noise(items - answer.length)]);
  const history = new DynamodbExecutionHistory(client(), table, { clock, retentionDays });
  const spent = meter(client());
  const costs: Record<string, { units: number; found: unknown }> = {};
  for (const [name, ask] of questions) {
    const before = spent.units;
    const found = await ask(history);
    costs[name] = { units: spent.units - before, found };
  }
  spent.stop();
  return costs;
}

/** Adds up the capacity that DynamoDB says each request consumed. */
function meter(measured: DynamoDBClient) {
  const spent = { units: 0, stop: () => measured.middlewareStack.remove('meter') };
  measured.middlewareStack.add(
    (next) => async (args) => {
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } as never });
      const output = result.output as { ConsumedCapacity?: { CapacityUnits?: number } };
      spent.units += output.ConsumedCapacity?.CapacityUnits ?? Number.NaN;
      return result;
    },
    { step: 'initialize', name: 'meter' },
  );
  return spent;
}

async function load(into: DynamoDBClient, table: string, runs: Run[]): Promise<void> {
  const puts = runs.map((run) => ({
    PutRequest: { Item: marshall(runItem(run, { retentionDays }), { removeUndefinedValues: true }) },
  }));
  for (let at = 0; at < puts.length; at += 25) {
    const { UnprocessedItems } = await into.send(
      new BatchWriteItemCommand({ RequestItems: { [table]: puts.slice(at, at + 25) } }),
    );
    expect(UnprocessedItems).toEqual({});
  }
}
