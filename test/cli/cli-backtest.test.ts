import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { SystemClock } from '../../adapters/system-clock.ts';
import { StateFolder } from '../../laptop/state-folder.ts';
import { openStore, storesOver } from '../../laptop/store.ts';
import { aRun } from '../support/a-run.ts';
import { AwsStandIn } from '../support/aws-stand-in.ts';
import { tocsin } from '../support/command-line.ts';
import { ownLaptop } from '../support/own-laptop.ts';

const { write, path, state, aPast, url } = ownLaptop();
const aws = new AwsStandIn();

const config = () =>
  write(
    'monitoring.config.ts',
    `import { defineMonitoring, email, health, slowResponses } from 'tocsin';
     export default defineMonitoring({
       name: 'shop', timeZone: 'Europe/Berlin', operators: ['ops@example.com'],
       channels: { team: email({ from: 't@example.com', to: ['m@example.com'] }) },
       routes: { high: ['team'] },
       services: { classifier: { url: '${url()}', checks: [health({ every: '1 minute' })], rules: [slowResponses({ aboveSeconds: 5 })] } },
     });`,
  );
const backtest = (...args: string[]) =>
  tocsin('rules', 'backtest', 'classifier/slow-responses', '--config', config(), ...args);

/** A night of minutes, slow from 01:00 to 01:30 by the clock of Berlin. */
const night = (from = Date.parse('2026-11-20T22:00:00Z')) =>
  Array.from({ length: 240 }, (_, i) => [from + i * 60_000, i >= 120 && i < 150 ? 7 : 1] as const);
const csv = () =>
  write(
    'night.csv',
    `timestamp,value\n${night()
      .map(([at, value]) => `${new Date(at).toISOString()},${value}`)
      .join('\n')}\n`,
  );

describe('tocsin rules backtest', () => {
  it('shows the rule as it is beside what else could be, and what each would have done', async () => {
    const outages = write('outages.csv', 'start,end,label\n2026-11-21T01:00:00+01:00,2026-11-21T01:30:00+01:00,disk\n');
    const { exitCode, out } = await backtest(
      '--csv',
      csv(),
      '--threshold',
      '2,10',
      '--for',
      '2 minutes',
      '--outages',
      outages,
    );
    expect(exitCode).toBe(0);
    expect(out).toContain('240 values from 2026-11-20 23:00:00 to 2026-11-21 03:00:00 (Europe/Berlin)');
    expect(out).toMatch(/ {4}2 s {2}2 min +1 +29 min +29 min +0 +1 +1 of 1 +2 min/);
    expect(out).toMatch(/ \* {4}5 s {2}5 min +1 +26 min/);
    expect(out).toMatch(/ {3}10 s {2}2 min +0 +– .* 0 of 1 .* 1 +0 \n/);
  });

  it('--json has the times of each alert', async () => {
    const { out } = await backtest('--csv', csv(), '--json');
    expect(JSON.parse(out)).toMatchObject({
      rule: 'classifier/slow-responses',
      points: 240,
      results: [
        {
          current: true,
          alerts: 1,
          totalSeconds: 1560,
          nights: 1,
          periods: [{ from: '2026-11-21T00:05:00.000Z', to: '2026-11-21T00:31:00.000Z' }],
        },
      ],
    });
  });

  it.each(['svg', 'html'])('--picture draws into an .%s', async (kind) => {
    const { exitCode, err } = await backtest('--csv', csv(), '--picture', path(`p.${kind}`));
    expect([exitCode, err]).toEqual([0, expect.stringContaining('Wrote the picture to')]);
    expect(readFileSync(path(`p.${kind}`), 'utf8')).toContain('ResponseSeconds (Average of 1 min) &gt; 5 s');
  });

  it('without a source plays what the checks of this laptop measured', async () => {
    const document = await aPast();
    const store = await openStore(new StateFolder(state()), document);
    const { history } = storesOver(store.client, document, new SystemClock());
    const minute = Math.floor(Date.now() / 60_000) * 60_000;
    for (let i = 30; i > 0; i -= 1) {
      const start = new Date(minute - i * 60_000).toISOString();
      const measurements = { ResponseSeconds: i <= 20 && i > 8 ? 9 : 1 };
      await history.record(
        aRun({ kind: 'health', target: 'classifier', id: 'health', start, end: start, measurements }),
      );
    }
    await store.close();
    const { exitCode, out, err } = await backtest('--state', state(), '--json');
    expect([exitCode, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({ points: 30, results: [{ alerts: 1 }] });
  });

  describe('from CloudWatch', () => {
    const variables = ['AWS_ENDPOINT_URL', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;
    const before = variables.map((name) => [name, process.env[name]] as const);
    const pointAtStandIn = () =>
      Object.assign(process.env, {
        AWS_ENDPOINT_URL: aws.config.endpoint,
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
      });
    afterEach(() => {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    });

    it('--live asks for the statistic of the rule, by the minute', async () => {
      pointAtStandIn();
      const recent = night(Date.now() - 250 * 60_000);
      aws.answer = () => ({
        json: {
          MetricDataResults: [
            {
              Id: 'm',
              Timestamps: recent.map(([at]) => at / 1000),
              Values: recent.map(([, value]) => value),
              StatusCode: 'Complete',
            },
          ],
        },
      });
      const { exitCode, out } = await backtest('--live', '--days', '1', '--json');
      expect([exitCode, JSON.parse(out)]).toMatchObject([0, { points: 240, results: [{ alerts: 1 }] }]);
      expect(aws.requests).toMatchObject([
        { action: 'GetMetricData', input: { MetricDataQueries: [{ MetricStat: { Period: 60, Stat: 'Average' } }] } },
      ]);
    });

    it('--live says what CloudWatch says', async () => {
      pointAtStandIn();
      aws.answer = () => ({ error: 'AccessDenied', message: 'not for you', status: 403 });
      const { exitCode, err } = await backtest('--live', '--days', '1');
      expect([exitCode, err]).toEqual([
        1,
        expect.stringMatching(/^Cannot read from CloudWatch: .*not for you.* --profile/),
      ]);
    });
  });

  it.each([
    [['--csv', 'none.csv'], 'none.csv cannot be read'],
    [['--prometheus', 'none.json'], 'none.json cannot be read'],
    [['--csv', 'a', '--live'], '2 sources are given'],
    [['--csv', 'a', '--series', 'b'], '--series selects a series of'],
    [['--threshold', '1,x'], '"x" is not a number'],
    [['--for', '5'], "5 is not a duration. Specify one such as '5 minutes'."],
    [['--for', '2 days'], '2 d is longer than the maximum of CloudWatch, which is one day'],
    [['--picture', 'p.png'], 'but is p.png'],
    [['--live', '--days', '100'], 'CloudWatch retains datapoints of 60 s for 15 days. Specify --days 15'],
    [['--state', 'nowhere'], 'Nothing has run here yet'],
  ])('%j exits with 1 and one clear message', async (args, says) => {
    const { exitCode, err } = await backtest(...args);
    expect([exitCode, err]).toEqual([1, expect.stringContaining(says)]);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('refuses more variants than anybody reads', async () => {
    const thresholds = Array.from({ length: 300 }, (_, i) => i).join(',');
    const { exitCode, err } = await backtest('--threshold', thresholds);
    expect([exitCode, err]).toEqual([1, '300 variants are too many. Specify at most 200.\n']);
  });

  it('names the rules that there are', async () => {
    const { exitCode, err } = await tocsin('rules', 'backtest', 'nope', '--config', config());
    expect([exitCode, err]).toEqual([
      1,
      'The config has no metric rule nope; use one of: classifier/slow-responses.\n',
    ]);
  });
});
