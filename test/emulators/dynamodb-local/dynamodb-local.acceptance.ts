import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { DynamodbTable } from '../../../adapters/dynamodb-table.ts';
import { dynamodbTables } from '../../support/dynamodb-tables.ts';
import { startDynamodbLocal } from './dynamodb-local.ts';

const { client, fresh } = dynamodbTables();

describe('DynamoDB Local', () => {
  it('is what the tests of this run speak to', async () => {
    const name = await fresh('incidents');
    const { Table } = await client().send(new DescribeTableCommand({ TableName: name }));
    // dynalite names the region of its caller in an ARN.
    expect(Table?.TableArn).toBe(`arn:aws:dynamodb:ddblocal:000000000000:table/${name}`);
  });

  it('is made with the native library of this system alone', () => {
    const libraries = readdirSync(new URL('../../../.emulators/dynamodb-local/lib', import.meta.url));
    expect(libraries.filter((name) => /\.(so|dylib|dll)$/.test(name))).toHaveLength(1);
  });

  it('listens on loopback alone', async () => {
    const port = new URL(process.env['TOCSIN_DYNAMODB']!).port;
    const outward = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of outward) {
      await expect(fetch(`http://${address}:${port}`)).rejects.toThrow('fetch failed');
    }
  });

  it('is gone, with its port, when it is stopped', async () => {
    const own = await startDynamodbLocal(() => {});
    await own.stop();
    expect(() => process.kill(own.pid, 0)).toThrow('ESRCH');
    await expect(fetch(own.endpoint)).rejects.toThrow('fetch failed');
  });

  it('ends by itself when the one who started it is killed', async () => {
    const starter = `
      import { writeSync } from 'node:fs';
      import { startDynamodbLocal } from './test/emulators/dynamodb-local/dynamodb-local.ts';
      const { pid } = await startDynamodbLocal(() => {});
      writeSync(1, String(pid));
      process.kill(process.pid, 'SIGKILL');`;
    const { stdout, signal } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', starter],
      { encoding: 'utf8' },
    );
    expect(signal).toBe('SIGKILL');
    expect(Number(stdout)).toBeGreaterThan(0);
    await vi.waitFor(() => expect(() => process.kill(Number(stdout), 0)).toThrow('ESRCH'), { timeout: 10_000 });
  });
});

describe('conditional writes', () => {
  it('of many who write on one condition at the same time, one wins', async () => {
    const table = new DynamodbTable(client(), await fresh('incidents'));
    const writers = Array.from({ length: 20 }, (_, writer) =>
      table.put({ pk: 'GROUP#a', sk: 'STATE', writer }, { expression: 'attribute_not_exists(pk)' }),
    );
    const won = (await Promise.all(writers)).flatMap((held, writer) => (held ? [writer] : []));
    expect(won).toHaveLength(1);
    expect(await table.get({ pk: 'GROUP#a', sk: 'STATE' })).toMatchObject({ writer: won[0] });
  });
});
