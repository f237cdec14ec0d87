import { describe, expect, it } from 'vitest';
import { runCheck } from '../../../core/checks/run-check.ts';
import type { Datum } from '../../../core/metrics/metric.ts';
import { metricBatch } from '../../../core/metrics/metric-batch.ts';
import { aDocument } from '../../support/a-document.ts';
import { checkWorld, down, many, scheduledAt, tick, up } from '../../support/check-world.ts';

describe('an invocation', () => {
  it('stores each result as a run and as metrics of the scheduled minute, and completes', async () => {
    const { invoke, runs, published } = checkWorld(['a', 'b'], async ({ name }) => (name === 'a' ? up : down));
    await invoke();

    expect(runs.map(({ run }) => run)).toEqual([
      {
        kind: 'health',
        target: 'a',
        id: 'health',
        startedAt: scheduledAt,
        finishedAt: scheduledAt,
        outcome: 'ok',
        measurements: { ServiceUp: 1 },
        details: {},
      },
      {
        kind: 'health',
        target: 'b',
        id: 'health',
        startedAt: scheduledAt,
        finishedAt: scheduledAt,
        outcome: 'failed',
        error: down.error,
        measurements: { ServiceUp: 0 },
        details: {},
      },
    ]);
    expect(published.map(({ datum }) => datum)).toEqual([
      { metric: 'ServiceUp', unit: 'None', dimensions: { Service: 'a' }, at: scheduledAt, value: 1 },
      { metric: 'ServiceUp', unit: 'None', dimensions: { Service: 'b' }, at: scheduledAt, value: 0 },
      { metric: 'CheckCompleted', unit: 'Count', dimensions: { Check: 'health-60s-0' }, at: scheduledAt, value: 1 },
    ]);
  });

  it('starts 20 observations together, so that a local queue is not measured', async () => {
    let together = 0;
    let most = 0;
    const { invoke, seconds } = checkWorld(many(200), async (_, clock) => {
      most = Math.max(most, ++together);
      await clock.sleep(400);
      together -= 1;
      return up;
    });
    await invoke();
    expect(most).toBe(20);
    expect(seconds()).toBe(4);
  });

  it('observes 200 targets that each take 5 seconds within its time budget', async () => {
    const { invoke, runs, seconds, completed } = checkWorld(many(200), async (_, clock) => {
      await clock.sleep(5000);
      return down;
    });
    await invoke();
    expect(runs).toHaveLength(200);
    expect(runs.every(({ run }) => run.outcome === 'failed')).toBe(true);
    expect(seconds()).toBe(9.5);
    expect(completed()).toBe(1);
  });

  it('finds 60 services down that hang for 20 seconds, in every run', async () => {
    const { invoke, runs, completed } = checkWorld(
      many(60),
      async (_, clock) => {
        await clock.sleep(20_000);
        return down;
      },
      { timeout: '20 seconds' },
    );
    await invoke();
    expect(runs.map(({ run }) => run.outcome)).toEqual(Array(60).fill('failed'));
    expect(completed()).toBe(1);
  });

  it('starts at another place in the list in each run', async () => {
    const firsts = new Set<string>();
    for (let minute = 0; minute < 10; minute += 1) {
      const { invoke, runs } = checkWorld(many(100), async () => up);
      await invoke(55, minute);
      firsts.add(runs[0]!.run.target);
    }
    expect(firsts.size).toBe(5);
  });

  it('observes only the targets of its shard', async () => {
    const { invoke, runs } = checkWorld(many(300), async () => up);
    await invoke();
    expect(runs.length).toBeGreaterThan(100);
    expect(runs.length).toBeLessThan(200);
  });

  it('publishes the results of fast targets without waiting for a slow one', async () => {
    const { invoke, runs, published } = checkWorld(
      many(30),
      async ({ name }, clock) => {
        await clock.sleep(name === 'service-7' ? 40_000 : 100);
        return up;
      },
      { timeout: '40 seconds' },
    );
    await invoke();
    const others = runs.filter(({ run }) => run.target !== 'service-7');
    expect(Math.max(...others.map(({ at }) => at))).toBeLessThan(1);
    const ofOthers = published.filter(
      ({ datum }) => datum.dimensions['Service'] !== 'service-7' && datum.metric === 'ServiceUp',
    );
    expect(ofOthers).toHaveLength(29);
    expect(Math.max(...ofOthers.map(({ at }) => at))).toBeLessThanOrEqual(2);
  });
});

describe('requests that publish', () => {
  const requests = async (publish: (data: readonly Datum[]) => Promise<void>, names = ['a', 'b']) => {
    const sent: string[][] = [];
    const { invoke } = checkWorld(names, async () => up, {
      metrics: {
        publish: async (data) => {
          sent.push(data.map(({ metric }) => metric));
          await publish(data);
        },
      },
    });
    const failure = await invoke().catch((error: unknown) => error);
    return { sent, failure };
  };

  it('are one per check: the heartbeat is in the same request, after the values', async () => {
    expect(await requests(async () => {})).toEqual({
      sent: [['ServiceUp', 'ServiceUp', 'CheckCompleted']],
      failure: undefined,
    });
  });

  it('do not publish the heartbeat if the request is rejected: the check did not complete', async () => {
    const { sent, failure } = await requests(async () => Promise.reject(new Error('refused')));
    expect(sent).toHaveLength(1);
    expect(String(failure)).toContain('refused');
  });

  it('withhold the heartbeat if an earlier request was rejected', async () => {
    const sent: string[][] = [];
    const batch = metricBatch({
      publish: async (data) => {
        sent.push(data.map(({ metric }) => metric));
        if (sent.length === 1) throw new Error('refused');
      },
    });
    const datum = (metric: string): Datum => ({ metric, unit: 'None', dimensions: {}, at: 0, value: 1 });
    batch.add([datum('first')]);
    batch.publish();
    batch.add([datum('second')]);
    expect(await batch.end(datum('heartbeat'))).toEqual([new Error('refused')]);
    expect(sent).toEqual([['first'], ['second']]);
  });
});

describe('a tick of a schedule that the config no longer has', () => {
  it('is rejected with the name and the known schedules', async () => {
    const { clock } = checkWorld([], async () => up);
    const run = runCheck({
      document: aDocument(),
      observe: async () => up,
      history: { record: async () => {} },
      metrics: { publish: async () => {} },
      clock,
    });
    await expect(run({ ...tick, everySeconds: 30 }, scheduledAt + 55_000)).rejects.toThrow(
      'the config has no schedule health-30s-0; use one of: health-60s-0, batch-300s-0, disk-300s-0',
    );
  });
});

it('leaves no timer that outlives it by more than two seconds', async () => {
  const { invoke, clock } = checkWorld(['a'], async () => up);
  await invoke();
  expect(clock.nextWakeAt! - clock.now()).toBeLessThanOrEqual(2000);
});
