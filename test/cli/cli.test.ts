import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { StateFolder } from '../../laptop/state-folder.ts';
import { tocsin, tocsinProcess } from '../support/command-line.ts';
import { ownLaptop } from '../support/own-laptop.ts';

const { write, state, aPast, whileItRuns, url, fallSick } = ownLaptop();

const config = (of = '') => `
  import { batchFailed, defineMonitoring, diskSpaceLow, email, health, localDisk, secret, serviceDown, slack } from 'tocsin';
  export default defineMonitoring({
    name: 'shop', timeZone: 'Europe/Berlin', operators: ['ops@example.com'],
    channels: { alerts: slack({ webhook: secret('tocsin/slack') }), team: email({ from: 't@example.com', to: ['m@example.com'] }) },
    routes: { critical: ['alerts'], high: ['alerts'], medium: ['team'], info: ['team'] },
    services: { classifier: { url: '${url()}', checks: [health({ every: '1 minute' })], rules: [serviceDown()] } },
    batchJobs: { nightly: { rules: [batchFailed()] } },
    volumes: { results: { source: localDisk({ path: '/' }), rules: [diskSpaceLow({ belowGigabytes: 0.001 })] } },
    ${of}
  });`;

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
    fallSick();
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
    { of: ['batch', 'nightly'], says: /✓ {2}batch {2}nightly {2}HoursOverdue/, exits: 0 },
    { of: ['disk', 'nope'], says: /^No target called nope has a disk check; use one of: results\.$/m, exits: 1 },
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

describe('tocsin start', () => {
  it('--once looks at everything once, prints a table and exits with 0 when all is well', async () => {
    const file = write('monitoring.config.ts', config());
    const { exitCode, out } = await tocsin('start', '--once', '--config', file, '--state', state());
    expect([exitCode, out.match(/✓/g)?.length]).toEqual([0, 3]);
    expect(out).toMatch(/URL[\s\S]*http:\/\/127\.0\.0\.1:\d+\/health /);
    fallSick();
    const again = await tocsin('start', '--once', '--config', file, '--state', state());
    expect([again.exitCode, again.out]).toEqual([1, expect.stringMatching(/✗ {2}health .*status/)]);
  });

  it('names all secrets that are missing, and their ways', async () => {
    const file = write('monitoring.config.ts', config());
    const { exitCode, err } = await tocsin('start', '--config', file, '--state', state());
    expect([exitCode, err]).toEqual([
      1,
      expect.stringMatching(/Missing or invalid secrets:\n {2}channel alerts: .*TOCSIN_SLACK/),
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
    const { exitCode, err } = await tocsin('start', '--demo', '--port', new URL(url()).port, '--state', state());
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
    { args: ['history', 'runs', '--days', 'x'], says: 'Specify a whole number of days' },
    { args: ['demo', 'down', '--port', '1'], says: 'No demo service responds on port 1' },
    { args: ['simulate', 'nope'], says: 'There is no scenario nope; use one of: batch-fails-twice' },
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
