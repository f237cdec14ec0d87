import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SystemClock } from '../../adapters/system-clock.ts';
import type { MonitoringDocument } from '../../core/config/document.ts';
import { parseDefinition } from '../../core/config/parse-definition.ts';
import { runLaptop } from '../../local/start.ts';
import { StateFolder } from '../../local/state-folder.ts';
import { openStore, storesOver } from '../../local/store.ts';
import { aDefinition } from '../support/a-document.ts';
import { aRun } from '../support/a-run.ts';
import { ownFolder, tocsin, tocsinProcess } from '../support/command-line.ts';

const { path, write } = ownFolder();
const state = () => path('state');

let sick = false;
const service = createServer((_, response) => {
  response.writeHead(sick ? 503 : 200, { 'content-type': 'application/json' });
  response.end('{"status":"healthy","model_loaded":true}');
});
let url = '';
beforeEach(async () => {
  sick = false;
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
});
afterEach(async () => {
  service.closeAllConnections();
  await new Promise((resolve) => service.close(resolve));
});

const config = (of = '') => `
  import { batchFailed, defineMonitoring, diskSpaceLow, email, health, localDisk, secret, serviceDown, slack } from 'tocsin';
  export default defineMonitoring({
    name: 'shop', timeZone: 'Europe/Berlin', operators: ['ops@example.com'],
    channels: { alerts: slack({ webhook: secret('tocsin/slack') }), team: email({ from: 't@example.com', to: ['m@example.com'] }) },
    routes: { critical: ['alerts'], high: ['alerts'], medium: ['team'], info: ['team'] },
    services: { classifier: { url: '${url}', checks: [health({ every: '1 minute' })], rules: [serviceDown()] } },
    batchJobs: { nightly: { rules: [batchFailed()] } },
    volumes: { results: { source: localDisk({ path: '/' }), rules: [diskSpaceLow({ belowGigabytes: 0.001 })] } },
    ${of}
  });`;

/** The document that a laptop last ran with, and its store with some runs in it. */
async function aPast(): Promise<MonitoringDocument> {
  const definition = aDefinition();
  const document = parseDefinition(
    {
      ...definition,
      services: { classifier: { ...definition.services!['classifier']!, url } },
    },
    { world: 'laptop' },
  );
  const folder = new StateFolder(state());
  folder.write({ document });
  const store = await openStore(folder, document);
  const { history } = storesOver(store.client, document, new SystemClock());
  const hourAgo = Date.now() - 3_600_000;
  const moment = (seconds: number) => new Date(hourAgo + seconds * 1000).toISOString();
  const error = { class: 'batch-failed', message: 'cannot reach the API' };
  await history.record(aRun({ id: 'good', start: moment(0), end: moment(90) }));
  await history.record(aRun({ id: 'bad', start: moment(120), end: moment(180), outcome: 'failed', error }));
  await store.close();
  return document;
}

/** Lets a laptop own the store while something is tried. */
async function whileItRuns<T>(document: MonitoringDocument, attempt: () => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const quiet = { print: () => {}, warn: () => {} };
  const folder = new StateFolder(state());
  let over = Promise.resolve();
  await new Promise<void>((ready, failed) => {
    over = runLaptop(document, { folder, terminal: quiet, print: true }, stop.signal, ready);
    over.catch(failed);
  });
  try {
    return await attempt();
  } finally {
    stop.abort();
    await over;
  }
}

describe('tocsin history', () => {
  it('shows runs, the newest first, and failed ones with their reason', async () => {
    await aPast();
    const { exitCode, out } = await tocsin('history', 'runs', '--state', state());
    expect(exitCode).toBe(0);
    expect(out).toMatch(/✗ .* nightly .* 1 min .* batch-failed: cannot reach the API\s*\n ✓ .* nightly .* 1 min 30 s/);
    const failed = await tocsin('history', 'failed', '--days', '1', '--json', '--state', state());
    expect(JSON.parse(failed.out)).toEqual([expect.objectContaining({ id: 'bad', outcome: 'failed' })]);
  });

  it('reads the store of a run that owns it', async () => {
    const document = await aPast();
    const { out } = await whileItRuns(document, () => tocsin('history', 'failed', '--state', state()));
    expect(out).toContain('cannot reach the API');
  });

  it('where nothing ran says so, and leaves no folder behind', async () => {
    const { exitCode, err } = await tocsin('history', 'runs', '--state', state());
    expect([exitCode, err]).toEqual([1, expect.stringContaining('Nothing has run here yet')]);
    expect(existsSync(state())).toBe(false);
  });
});

describe('tocsin check', () => {
  it('looks now and exits with 0 when all is well', async () => {
    await aPast();
    const { exitCode, out } = await tocsin('check', 'health', '--state', state());
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/✓ {2}health {2}classifier/)]);
  });

  it('exits with 1 and says why when something is not', async () => {
    await aPast();
    sick = true;
    const { exitCode, out } = await tocsin('check', 'health', 'classifier', '--json', '--state', state());
    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toEqual([
      expect.objectContaining({
        target: 'classifier',
        healthy: false,
        because: expect.arrayContaining(['service-down [critical]']),
      }),
    ]);
  });

  it.each([
    { of: ['batch', 'nightly'], says: /✓ {2}batch {2}nightly {2}HoursSinceLastRun/, exits: 0 },
    { of: ['disk', 'nope'], says: /^No target called nope has a disk check\.$/m, exits: 1 },
    {
      of: ['weather'],
      says: /'weather' is invalid for argument 'kind'. Allowed choices are batch, disk, health./,
      exits: 1,
    },
  ])('$of says $says and exits with $exits', async ({ of, says, exits }) => {
    await aPast();
    const { exitCode, out, err } = await tocsin('check', ...of, '--state', state());
    expect(out + err).toMatch(says);
    expect(exitCode).toBe(exits);
  });
});

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

describe('tocsin start', () => {
  it('--once looks at everything once, prints a table and exits with 0 when all is well', async () => {
    const file = write('monitoring.config.ts', config());
    const { exitCode, out } = await tocsin('start', '--once', '--config', file, '--state', state());
    expect([exitCode, out.match(/✓/g)?.length]).toEqual([0, 3]);
    sick = true;
    const again = await tocsin('start', '--once', '--config', file, '--state', state());
    expect([again.exitCode, again.out]).toEqual([1, expect.stringMatching(/✗ {2}health .*status/)]);
  });

  it('names all secrets that are missing, and their ways', async () => {
    const file = write('monitoring.config.ts', config());
    const { exitCode, err } = await tocsin('start', '--config', file, '--state', state());
    expect([exitCode, err]).toEqual([
      1,
      expect.stringMatching(/Secrets are missing:\n {2}channel alerts: .*TOCSIN_SLACK/),
    ]);
    expect(err).toContain('--print');
  });

  it('reports all problems of a config at once, without a stack trace', async () => {
    const file = write('monitoring.config.ts', config(`timeZone: 'Mars/Base', operators: [],`));
    const { exitCode, err } = await tocsin('start', '--config', file, '--state', state());
    expect(exitCode).toBe(1);
    expect(err).toContain('Mars/Base');
    expect(err).toContain('operators');
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('does not begin in a state folder that another run owns, and names the option', async () => {
    const document = await aPast();
    const file = write('monitoring.config.ts', config());
    const { exitCode, err } = await whileItRuns(document, () =>
      tocsinProcess(['start', '--config', file, '--print', '--state', state()]),
    );
    expect([exitCode, err]).toEqual([
      1,
      expect.stringMatching(/^Tocsin already runs with the state folder .* --state /),
    ]);
  });

  it('does not begin with a port in use, and names the option', async () => {
    const { exitCode, err } = await tocsin('start', '--port', new URL(url).port, '--state', state());
    expect([exitCode, err]).toEqual([1, expect.stringMatching(/^Port \d+ is in use, .* --port \d+/)]);
  });

  it('takes a state folder whose owner died, even when another program has its process id now', async () => {
    const document = await aPast();
    // This test's own process lives, but nothing answers there.
    new StateFolder(state()).write({ document, pid: process.pid, endpoint: 'http://127.0.0.1:9' });
    expect((await tocsin('history', 'runs', '--state', state())).exitCode).toBe(0);
  });
});

describe('the command line', () => {
  it.each([
    { args: ['nonsense'], says: "unknown command 'nonsense'" },
    { args: ['history', 'runs', '--days', 'x'], says: 'write a whole number of days' },
    { args: ['demo', 'down', '--port', '1'], says: 'No demo service answers on port 1' },
    { args: ['simulate', 'nope'], says: 'There is no scenario nope. Bundled are batch-fails-twice' },
    { args: ['start', '--config', 'none.ts'], says: 'There is no config at' },
  ])('$args exits with 1 and one clear message', async ({ args, says }) => {
    const { exitCode, err } = await tocsin(...args);
    expect([exitCode, err]).toEqual([1, expect.stringContaining(says)]);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect((await tocsin('--version')).out).toBe(`${version}\n`);
  });
});
