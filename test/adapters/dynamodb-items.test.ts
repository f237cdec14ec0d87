import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startDynalite } from '../../adapters/dynalite-server.ts';
import { createTable } from '../../adapters/dynamodb-create-table.ts';
import { DynamodbDeliveries } from '../../adapters/dynamodb-deliveries.ts';
import { DynamodbExecutionHistory } from '../../adapters/dynamodb-execution-history.ts';
import { DynamodbGroups } from '../../adapters/dynamodb-groups.ts';
import { DynamodbIncidentArchive } from '../../adapters/dynamodb-incident-archive.ts';
import { DynamodbTable } from '../../adapters/dynamodb-table.ts';
import { tables } from '../../core/deployment/tables.ts';
import { aGroup, anIncident } from '../support/a-group.ts';
import { aFailedRun, aRun } from '../support/a-run.ts';
import { dynamodbTables } from '../support/dynamodb-tables.ts';
import { handClock } from '../support/hand-clock.ts';

const { client, fresh } = dynamodbTables();
const clock = handClock('2026-11-21T12:00:00Z');
const retention = { clock, retentionDays: 15 };
const inFifteenDays = Date.parse('2026-12-06T12:00:00Z') / 1000;

describe('the items in the tables, by the keys of decision 1', () => {
  const given = async (table: keyof typeof tables) => {
    const name = await fresh(table);
    return { name, table: new DynamodbTable(client(), name) };
  };

  it.each([
    [
      'a failed run of a job is in both indexes',
      aFailedRun({ start: '2026-11-21T12:00:00Z', id: 'r1' }),
      {
        pk: 'RUN#job#nightly',
        sk: '2026-11-21T12:00:00.000Z#r1',
        failuresPk: 'FAILED#job#2026-11-21',
        failuresSk: '2026-11-21T12:00:00.000Z#nightly#r1',
        batchRunsPk: 'BATCH#2026-11-21',
        batchRunsSk: '2026-11-21T12:00:00.000Z#nightly#r1',
        expiresAt: inFifteenDays,
        startedAt: '2026-11-21T12:00:00.000Z',
        outcome: 'failed',
      },
      [],
    ],
    [
      'a successful run of a check is in none',
      aRun({ start: '2026-11-21T12:00:00Z', id: 'health', kind: 'health', target: 'api' }),
      { pk: 'RUN#health#api', sk: '2026-11-21T12:00:00.000Z#health', expiresAt: inFifteenDays },
      ['failuresPk', 'failuresSk', 'batchRunsPk', 'batchRunsSk', 'error', 'newsOwed'],
    ],
  ])('%s', async (_, run, expected, absent) => {
    const { name, table } = await given('history');
    await new DynamodbExecutionHistory(client(), name, retention).record(run);
    const item = await table.get(expected as { pk: string; sk: string });
    expect(item).toMatchObject(expected);
    for (const attribute of absent) expect(item).not.toHaveProperty(attribute);
  });

  it('the standing of a job never expires', async () => {
    const { name, table } = await given('history');
    const ledger = new DynamodbExecutionHistory(client(), name, retention);
    await ledger.jobState('nightly', clock.now());
    expect(await table.get({ pk: 'TARGET#job#nightly', sk: 'LATEST' })).toEqual({
      pk: 'TARGET#job#nightly',
      sk: 'LATEST',
      firstSeenAt: '2026-11-21T12:00:00.000Z',
    });
  });

  it('a group never expires, and is in the indexes only while something is due or open', async () => {
    const { name, table } = await given('incidents');
    const groups = new DynamodbGroups(client(), name);
    const key = { pk: 'GROUP#a', sk: 'STATE' };
    await groups.save(aGroup({ key: 'a', dueAt: clock.now(), incident: anIncident('2026-11-21T11:00:00Z') }));
    expect(await table.get(key)).toMatchObject({
      duePk: expect.stringMatching(/^DUE#[0-3]$/),
      dueSk: '2026-11-21T12:00:00.000Z#a',
      openPk: 'OPEN',
      openSk: '2026-11-21T11:00:00.000Z#a',
    });
    await groups.save(aGroup({ key: 'a', version: 2 }));
    const quiet = Object.keys((await table.get(key))!);
    expect(quiet.sort()).toEqual(['key', 'lastSequence', 'members', 'outbox', 'pk', 'sk', 'version']);
  });

  it('what is over expires: a timeline, a closed incident, a lane', async () => {
    const { name, table } = await given('incidents');
    const archive = new DynamodbIncidentArchive(client(), name, retention);
    const at = clock.now();
    await archive.addToTimeline({ incident: 'i', at, sequence: '7', what: 'opened', detail: '' });
    await archive.recordClosed({
      incident: 'i',
      alarm: 'a',
      title: '',
      openedAt: at,
      closedAt: at,
      how: 'news',
      reminders: 0,
    });
    const delivery = { group: 'i', incident: 'i', channel: 'ml-team', sequence: 1, kind: 'opened' } as const;
    await new DynamodbDeliveries(client(), name, retention).lease(delivery, { owner: 'a', now: at, until: at + 1 });
    for (const key of [
      { pk: 'INCIDENT#i', sk: '2026-11-21T12:00:00.000Z#7' },
      { pk: 'INCIDENT#i', sk: 'RECORD', closedPk: 'CLOSED#2026-11-21', closedSk: '2026-11-21T12:00:00.000Z#i' },
      { pk: 'DELIVERY#i', sk: 'ml-team' },
    ]) {
      expect(await table.get(key)).toMatchObject({ ...key, expiresAt: inFifteenDays });
    }
  });

  it('an item that cannot be read names its key and what is wrong with it', async () => {
    const { name, table } = await given('incidents');
    await table.put({ pk: 'GROUP#a', sk: 'STATE', key: 'a', version: 'two', members: {}, outbox: [] });
    const groups = new DynamodbGroups(client(), name);
    await expect(groups.load('a')).rejects.toThrow(/pk=GROUP#a sk=STATE is invalid.*\n.*expected number.*\n.*version/);
  });
});

describe('a store on disk', () => {
  it('finds its tables and items again after a restart', async () => {
    const path = await mkdtemp(join(tmpdir(), 'tocsin-'));
    const run = aRun({ start: '2026-11-21T02:00:00Z' });
    for (const life of [1, 2]) {
      const server = await startDynalite({ path });
      await createTable(server.client, 'history', tables.history);
      const history = new DynamodbExecutionHistory(server.client, 'history', retention);
      if (life === 1) await history.record(run);
      expect(await history.lastRun('job', 'nightly')).toEqual(run);
      await server.stop();
    }
    await rm(path, { recursive: true });
  });
});

it('no adapter scans a table or needs a transaction', () => {
  const folder = new URL('../../adapters/', import.meta.url);
  const costly = readdirSync(folder).filter((file) =>
    /\b(Scan|TransactWriteItems|TransactGetItems|ExecuteStatement)(Command)?\b/.test(
      readFileSync(new URL(file, folder), 'utf8').replace(/ScanIndexForward/g, ''),
    ),
  );
  expect(costly).toEqual([]);
});
