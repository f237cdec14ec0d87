import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { DynamodbTable } from '../../adapters/dynamodb-table.ts';
import { SystemClock } from '../../adapters/system-clock.ts';
import { alarmsOf } from '../../core/alarms/alarm.ts';
import { purge } from '../../laptop/purge.ts';
import { StateFolder } from '../../laptop/state-folder.ts';
import { connectToStore, laptopTables, openStore, StoreBusyError, storesOver } from '../../laptop/store.ts';
import { aDocument } from '../support/a-document.ts';
import { aRun } from '../support/a-run.ts';
import { ownFolder } from '../support/command-line.ts';
import { handClock } from '../support/hand-clock.ts';

const { path } = ownFolder();
const document = aDocument();
const ownMetricsOf = ({ metrics }: typeof document) => metrics.filter((metric) => metric.own);
const folder = () => new StateFolder(path('state'));

describe('the state folder', () => {
  it('is made when something is written, not when somebody looks', () => {
    expect(folder().read()).toBeUndefined();
    expect(existsSync(path('state'))).toBe(false);
    folder().write({ document });
    expect(folder().read()).toEqual({ document });
    expect(readdirSync(path('state'))).toEqual(['run.json']);
  });

  it('with a run.json that was cut short is as good as new', () => {
    folder().write({ document });
    writeFileSync(path('state/run.json'), '{"document": {');
    expect(folder().read()).toBeUndefined();
  });

  it('of version 0.1, whose document has only the metrics of the config, gets the others from the catalogue', () => {
    const own = ownMetricsOf(document);
    folder().write({ document: { ...document, metrics: own.map(({ own: _, ...metric }) => metric) } });
    expect(folder().read()?.document).toEqual(document);
    // A rule on each metric can be evaluated: this is what every command does first.
    expect(alarmsOf(folder().read()!.document).length).toBe(alarmsOf(document).length);
  });

  it('keeps each deployment in a store of its own', () => {
    const places = [
      { name: 'shop', stage: 'dev' },
      { name: 'shop', stage: 'prod' },
      { name: 'other', stage: 'dev' },
    ].map((deployment) => folder().storePath(deployment));
    expect(new Set(places).size).toBe(3);
  });
});

describe('who owns the store', () => {
  it.each([
    { case: 'the process has ended', pid: 2 ** 22 + 1, answers: true, owned: false },
    { case: 'another program has its process id', pid: process.pid, answers: false, owned: false },
    { case: 'it runs and answers', pid: process.pid, answers: true, owned: true },
  ])('$case: owned is $owned', async ({ pid, answers, owned }) => {
    const server = createServer((_, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = answers ? `http://127.0.0.1:${(server.address() as AddressInfo).port}` : 'http://127.0.0.1:9';
    folder().write({ document, pid, endpoint });
    expect(await folder().owner()).toEqual(owned ? { document, pid, endpoint } : undefined);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('a process that gives no answer has the store all the same, and is said to hang', async () => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    folder().write({ document, pid: process.pid, endpoint });
    expect(await folder().owner()).toEqual({ document, pid: process.pid, endpoint, hangs: true });
    await expect(connectToStore(folder())).rejects.toThrow(
      `The laptop run that owns the store (process ${process.pid}) does not respond. If it is suspended, continue it with fg`,
    );
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('nobody, where nobody says so', async () => {
    folder().write({ document });
    expect(await folder().owner()).toBeUndefined();
  });
});

describe('the store', () => {
  it('keeps what was written when it is opened again', async () => {
    folder().write({ document });
    const run = aRun({ start: new Date(Date.now() - 3_600_000).toISOString() });
    const first = await openStore(folder(), document);
    await storesOver(first.client, document, new SystemClock()).history.record(run);
    await first.close();

    const again = (await connectToStore(folder()))!;
    const { history } = storesOver(again.store.client, again.document, new SystemClock());
    expect(await history.lastRun('job', 'nightly')).toEqual(run);
    await again.store.close();
  });

  it('that another process has open is refused in one sentence, and the process lives', async () => {
    const first = await openStore(folder(), document);
    const second = await openStore(folder(), document).catch((error: unknown) => error);
    expect(second).toBeInstanceOf(StoreBusyError);
    expect((second as Error).message).toMatch(/^Another process is using the store .*shop-prod/);
    await first.close();
    await (await openStore(folder(), document)).close();
  });

  it('is purged each hour of what has expired, and of nothing else', async () => {
    const clock = handClock('2026-11-21T12:00:00Z');
    const store = await openStore(folder(), document);
    const table = new DynamodbTable(store.client, laptopTables.laptop);
    const now = clock.now() / 1000;
    // More than one page of a scan holds.
    const filler = 'x'.repeat(30_000);
    for (let i = 0; i < 50; i++) await table.put({ pk: 'OLD', sk: `${i}`, filler, expiresAt: now - 1 });
    await table.put({ pk: 'KEPT', sk: 'until later', expiresAt: now + 1 });
    await table.put({ pk: 'KEPT', sk: 'for good' });

    const work = purge(store.client, clock);
    expect(work.next(clock.now())).toBe(clock.now() + 3_600_000);
    await work.run(clock.now());

    const left = async (pk: string) => {
      const keys: string[] = [];
      for await (const { sk } of table.query({ pk, from: '0', to: '~' })) keys.push(sk);
      return keys;
    };
    expect([await left('OLD'), await left('KEPT')]).toEqual([[], ['for good', 'until later']]);
    await store.close();
  });
});
