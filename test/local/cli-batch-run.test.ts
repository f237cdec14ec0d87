import { describe, expect, it, vi } from 'vitest';
import { SystemClock } from '../../adapters/system-clock.ts';
import { StateFolder } from '../../local/state-folder.ts';
import { openStore, storesOver } from '../../local/store.ts';
import { tocsin, tocsinProcess } from '../support/command-line.ts';
import { ownLaptop } from '../support/own-laptop.ts';

const { state, aPast, whileItRuns } = ownLaptop();

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
    {
      case: 'a job that the config does not have',
      args: ['other', '--', 'true'],
      says: 'The config has no batch job other; there are nightly.',
    },
    { case: 'no command', args: ['nightly'], says: 'No command was given. Write it behind two hyphens' },
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
