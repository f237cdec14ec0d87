import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { SystemClock } from '../../adapters/system-clock.ts';
import { StateFolder } from '../../laptop/state-folder.ts';
import { openStore, storesOver } from '../../laptop/store.ts';
import { tocsin, tocsinBeside, tocsinProcess } from '../support/command-line.ts';
import { ownLaptop } from '../support/own-laptop.ts';

const { state, aPast, whileItRuns, path, write } = ownLaptop();

describe('tocsin batch run', () => {
  const lastRun = async () => {
    const document = new StateFolder(state()).read()!.document;
    return whileItRuns(document, () =>
      vi.waitUntil(
        async () => {
          const { out } = await tocsin('history', 'runs', '--json', '--state', state());
          return (
            JSON.parse(out) as { id: string; outcome: string; details: { exitCode: number }; error?: unknown }[]
          ).find(({ id }) => !['good', 'bad'].includes(id));
        },
        { timeout: 10_000, interval: 100 },
      ),
    );
  };

  it('passes output and exit code through and keeps the run', async () => {
    await aPast();
    const script = 'echo "$0 $@"; echo sorry >&2; exit 3';
    const said = await tocsinProcess([
      'batch',
      'run',
      '--state',
      state(),
      'nightly',
      '--',
      'sh',
      '-c',
      script,
      '--json',
      '--days',
      '-x',
      '--',
    ]);
    expect(said).toEqual({ exitCode: 3, out: '--json --days -x --\n', err: 'sorry\n' });
    expect(await lastRun()).toMatchObject({
      outcome: 'failed',
      details: { exitCode: 3 },
      error: { class: 'batch-failed', message: 'sorry' },
    });
  });

  it.each([
    { case: 'a command that succeeds', command: ['true'], exits: 0, says: '' },
    { case: 'a command that is not there', command: ['nonesuch'], exits: 127, says: 'nonesuch: command not found' },
    { case: 'a file that is not executable', command: ['./package.json'], exits: 126, says: 'permission denied' },
    { case: 'a path below a file', command: ['./package.json/x'], exits: 127, says: 'command not found' },
    { case: 'a command without a name', command: [''], exits: 127, says: 'command not found' },
    { case: 'arguments that are too long', command: ['true', 'x'.repeat(300_000)], exits: 126, says: 'E2BIG' },
    { case: 'a command that is killed', command: ['sh', '-c', 'kill -9 $$'], exits: 137, says: '' },
    { case: 'a command that is terminated', command: ['sh', '-c', 'kill -15 $$'], exits: 143, says: '' },
  ])('$case exits with $exits', async ({ command, exits, says }) => {
    await aPast();
    const { exitCode, err } = await tocsin('batch', 'run', 'nightly', '--state', state(), '--', ...command);
    expect([exitCode, err]).toEqual([exits, says === '' ? '' : expect.stringContaining(says)]);
  });

  it('is in the history at once where no laptop runs, and people hear of it when one does', async () => {
    const document = await aPast();
    await tocsin('batch', 'run', 'nightly', '--state', state(), '--', 'false');
    expect((await tocsin('history', 'failed', '--state', state())).out).toContain('false ended with exit code 1');
    const store = await openStore(new StateFolder(state()), document);
    const signals = storesOver(store.client, document, new SystemClock()).queue('signals');
    expect(await signals.receive(Date.now(), Date.now())).toEqual([
      expect.objectContaining({ body: expect.stringContaining('"type":"batch-run"') }),
    ]);
    await store.close();
  });

  it('reports to the run that owns the store', async () => {
    const document = await aPast();
    await whileItRuns(document, () => tocsin('batch', 'run', 'nightly', '--state', state(), '--', 'true'));
    expect(await lastRun()).toMatchObject({ outcome: 'ok', details: { exitCode: 0 } });
  });

  it('two that end together report both', async () => {
    await aPast();
    const ends = await Promise.all(
      ['a', 'b'].map((name) => tocsinProcess(['batch', 'run', 'nightly', '--state', state(), '--', 'echo', name])),
    );
    expect(ends.map(({ exitCode, err }) => [exitCode, err])).toEqual([
      [0, ''],
      [0, ''],
    ]);
  });

  it.each([
    { case: 'no command', args: ['nightly'], says: 'No command is given. Write it after two hyphens' },
    {
      case: 'an option of the command without hyphens before',
      args: ['nightly', 'ls', '--all'],
      says: "unknown option '--all'",
    },
  ])('refuses $case before anything runs', async ({ args, says }) => {
    await aPast();
    const { exitCode, err } = await tocsin('batch', 'run', '--state', state(), ...args);
    expect([exitCode, err]).toEqual([1, expect.stringContaining(says)]);
  });
});

describe('the command always runs, and its exit code is always passed on', () => {
  const run = (...args: string[]) => tocsin('batch', 'run', '--state', state(), ...args);

  it('where nothing has run yet: the run is kept, and reported by the next one that can be', async () => {
    const first = await run('nightly', '--', 'sh', '-c', 'exit 3');
    expect(first.exitCode).toBe(3);
    expect(first.err).toContain('the run of nightly could not be reported; it is stored in');
    await aPast();
    const second = await run('nightly', '--', 'true');
    expect(second).toMatchObject({ exitCode: 0, err: 'tocsin: 1 earlier run was also reported\n' });
    const { out } = await tocsin('history', 'failed', '--state', state());
    expect(out).toContain('sh ended with exit code 3');
  });

  it('and a laptop that starts takes what waits', async () => {
    await run('nightly', '--', 'false');
    const document = await aPast();
    const { history } = await whileItRuns(document, async () => {
      const failed = () => tocsin('history', 'failed', '--state', state());
      return {
        history: await vi.waitUntil(async () => (await failed()).out.includes('false ended'), { timeout: 10_000 }),
      };
    });
    expect(history).toBe(true);
  });

  it('for a job that the config does not have, which is said at once', async () => {
    await aPast();
    const said = await run('nightli', '--', 'sh', '-c', 'exit 5');
    expect(said.exitCode).toBe(5);
    expect(said.err).toContain(
      'the config has no batch job nightli; did you mean nightly? Use one of: nightly. The command runs',
    );
  });

  it('with a count that is none, which is left out', async () => {
    await aPast();
    const said = await run('nightly', '--total', '', '--failed', '3', '--', 'sh', '-c', 'exit 4');
    expect(said).toEqual({
      exitCode: 4,
      out: '',
      err: 'tocsin: --total "" is not a whole number; the run is reported without it\n',
    });
    expect((await tocsin('history', 'failed', '--state', state())).out).toContain('sh ended with exit code 4');
  });

  it('for a job without a name, whose run cannot be reported', async () => {
    const said = await run('', '--', 'sh', '-c', 'exit 4');
    expect(said).toMatchObject({ exitCode: 4, err: expect.stringContaining('the run is not reported') });
    expect(said.err).not.toContain('    at ');
  });

  it('where the laptop run that has the store was suspended: its run is kept', async () => {
    const document = await aPast();
    const suspended = createServer(() => {}).listen(0, '127.0.0.1');
    await once(suspended, 'listening');
    const endpoint = `http://127.0.0.1:${(suspended.address() as AddressInfo).port}`;
    new StateFolder(state()).write({ document, pid: process.pid, endpoint });
    const said = await run('nightly', '--', 'sh', '-c', 'exit 4');
    suspended.closeAllConnections();
    suspended.close();
    expect(said).toMatchObject({
      exitCode: 4,
      err: expect.stringContaining(`(process ${process.pid}) does not respond`),
    });
    expect(said.err).toContain('the run of nightly could not be reported; it is stored in');
  }, 30_000);

  it('where the state can neither be read nor written', async () => {
    write('state', 'a file in its place');
    const said = await run('nightly', '--', 'sh', '-c', 'exit 6');
    expect(said).toMatchObject({ exitCode: 6, err: expect.stringContaining('the run of nightly is lost') });
  });

  it('also when it leaves a child in the background that holds its streams', async () => {
    await aPast();
    const said = await tocsinProcess([
      'batch',
      'run',
      '--state',
      state(),
      'nightly',
      '--',
      'sh',
      '-c',
      `echo failed >&2; (sleep 20; touch ${path('over')}) > /dev/null & exit 7`,
    ]);
    expect(said).toMatchObject({ exitCode: 7, err: 'failed\n' });
    expect(existsSync(path('over'))).toBe(false);
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('when it is ended by %s, and says so in its report', async (signal) => {
    await aPast();
    const process = tocsinBeside([
      'batch',
      'run',
      '--state',
      state(),
      'nightly',
      '--',
      'sh',
      '-c',
      'echo up; exec sleep 30',
    ]);
    await process.says('up');
    process.kill(signal);
    expect(await process.ended).toMatchObject({ exitCode: signal === 'SIGTERM' ? 143 : 129 });
    const { out } = await tocsin('history', 'failed', '--state', state());
    expect(out).toContain(`ended by ${signal}`);
  });
});

describe('what is reported of a run', () => {
  const reported = async (...args: string[]) => {
    await aPast();
    await tocsin('batch', 'run', '--state', state(), 'nightly', ...args);
    const { out } = await tocsin('history', 'runs', '--json', '--state', state());
    const runs = JSON.parse(out) as { id: string; measurements: object; error?: { message: string } }[];
    return runs.find(({ id }) => !['good', 'bad'].includes(id))!;
  };

  it.each([
    {
      says: 'the counts that were given, and the third of them',
      args: ['--total', '150', '--failed', '3', '--', 'true'],
    },
    {
      says: 'the counts of the last line of the output that is JSON',
      args: ['--read-counts', '--', 'sh', '-c', 'echo {}; echo \'{"total":150,"failed":3,"model":"v7"}\'; echo done'],
    },
  ])('$says', async ({ args }) => {
    expect(await reported(...args)).toMatchObject({ measurements: { total: 150, successful: 147, failed: 3 } });
  });

  it('the end of a long traceback, where its point is, and of a progress bar the last state', async () => {
    const script = `printf '  1 %%\\r 50 %%\\r100 %%\\n' >&2; head -c 5000 /dev/zero | tr '\\0' x >&2; echo >&2; echo 'ValueError: no rows' >&2; exit 1`;
    const { error } = await reported('--', 'sh', '-c', script);
    expect(error?.message).toMatch(/^…x+\nValueError: no rows$/);
    expect((await reported('--', 'sh', '-c', `printf '  1 %%\\r100 %%\\n' >&2; exit 1`)).error?.message).toBe('100 %');
  });
});
