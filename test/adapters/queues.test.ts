import { describe, expect, it } from 'vitest';
import { createTable } from '../../adapters/dynamodb-create-table.ts';
import { DynamodbQueue } from '../../adapters/dynamodb-queue.ts';
import { DynamodbTable } from '../../adapters/dynamodb-table.ts';
import { MemoryQueue } from '../../adapters/memory-queue.ts';
import { collect } from '../support/collect.ts';
import { dynamodbTables } from '../support/dynamodb-tables.ts';
import { handClock } from '../support/hand-clock.ts';
import { queueContract } from '../support/queue-contract.ts';

const { client } = dynamodbTables();
let made = 0;
async function aTable(): Promise<DynamodbTable> {
  const name = `laptop-${++made}`;
  await createTable(client(), name, { indexes: [], timeToLive: 'expiresAt' });
  return new DynamodbTable(client(), name);
}

describe('in memory', () => {
  queueContract(async (clock) => {
    const queue = new MemoryQueue('q', clock);
    return { queue, buried: async () => queue.buried };
  });
});

describe('in the store', () => {
  queueContract(async (clock) => {
    const table = await aTable();
    const queue = new DynamodbQueue('q', table, clock.now);
    return { queue, buried: () => collect(table.query({ pk: 'BURIED#q', from: '0', to: '~' })) };
  });

  it('what a process held that died is visible to the next one at once', async () => {
    const clock = handClock('2026-11-21T12:00:00Z');
    const table = await aTable();
    const died = new DynamodbQueue('q', table, clock.now);
    await died.send('in hand');
    await died.receive(clock.now(), clock.now() + 360_000);

    const next = new DynamodbQueue('q', table, clock.now);
    expect(await next.receive(clock.now(), clock.now() + 360_000)).toMatchObject([{ body: 'in hand', receives: 2 }]);
    expect(await next.receive(clock.now(), clock.now() + 360_000)).toEqual([]);
  });

  it('a message that waits for its next attempt is not received by others', async () => {
    const clock = handClock('2026-11-21T12:00:00Z');
    const table = await aTable();
    const died = new DynamodbQueue('q', table, clock.now);
    await died.send('later');
    const [message] = await died.receive(clock.now(), clock.now() + 360_000);
    await died.hide(message!.id, clock.now() + 60_000);

    const next = new DynamodbQueue('q', table, clock.now);
    expect(await next.receive(clock.now(), clock.now() + 360_000)).toEqual([]);
    clock.advance(60_000);
    expect(await next.receive(clock.now(), clock.now() + 360_000)).toHaveLength(1);
  });

  it('what waits is tried at once when the clock was set back behind the moment at which it began to wait', async () => {
    const clock = handClock('2026-11-21T12:00:00Z');
    const queue = new DynamodbQueue('q', await aTable(), clock.now);
    await queue.send('waits');
    const [waits] = await queue.receive(clock.now(), clock.now() + 360_000);
    await queue.hide(waits!.id, clock.now() + 10_000);
    await queue.send('sent before the clock was set back');

    clock.advance(-3_600_000);
    const received = await queue.receive(clock.now(), clock.now() + 360_000);
    expect(received.map(({ body }) => body).sort()).toEqual(['sent before the clock was set back', 'waits']);
  });
});
