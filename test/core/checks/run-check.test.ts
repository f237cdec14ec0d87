import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../adapters/virtual-clock.ts';
import type { Observation } from '../../../core/checks/observe.ts';
import { type RunCheckPorts, runCheck } from '../../../core/checks/run-check.ts';
import type { Target } from '../../../core/config/document.ts';
import type { Run } from '../../../core/history/run.ts';
import type { Datum } from '../../../core/metrics/metric.ts';
import { metricBatch } from '../../../core/metrics/metric-batch.ts';
import { aDocument, servicesNamed } from '../../support/a-document.ts';

const scheduledAt = Date.parse('2026-11-21T02:10:00Z');
const tick = { check: 'health', everySeconds: 60, shard: 0, scheduledAt };
const up: Observation = { outcome: 'ok', measurements: { ServiceUp: 1 }, details: {} };
const down: Observation = {
  outcome: 'failed',
  error: { class: 'refused', message: 'no' },
  measurements: { ServiceUp: 0 },
  details: {},
};

type Behaviour = (target: Target, clock: VirtualClock) => Promise<Observation>;

/** Services that answer as they are told, on a clock that the test owns; what was kept is stamped with seconds. */
function world(names: string[], answer: Behaviour, faults: Partial<Pick<RunCheckPorts, 'history' | 'metrics'>> = {}) {
  const clock = new VirtualClock(scheduledAt);
  const seconds = () => (clock.now() - scheduledAt) / 1000;
  const runs: { run: Run; at: number }[] = [];
  const published: { datum: Datum; at: number }[] = [];
  const run = runCheck({
    document: aDocument({ services: servicesNamed(names) }),
    observe: (target) => answer(target, clock),
    history: { record: async (kept) => void runs.push({ run: kept, at: seconds() }) },
    metrics: { publish: async (data) => void published.push(...data.map((datum) => ({ datum, at: seconds() }))) },
    clock,
    ...faults,
  });
  return {
    invoke: (seconds = 55) => clock.until(run(tick, scheduledAt + seconds * 1000)),
    runs,
    published,
    clock,
    seconds,
    runOf: (name: string) => runs.find((kept) => kept.run.target === name),
    completed: () => published.filter(({ datum }) => datum.metric === 'CheckCompleted').length,
  };
}

const many = (count: number) => Array.from({ length: count }, (_, i) => `service-${i}`);

describe('an invocation', () => {
  it('keeps each result as a run and as metrics of the scheduled minute, and completes', async () => {
    const { invoke, runs, published } = world(['a', 'b'], async ({ name }) => (name === 'a' ? up : down));
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

  it('looks at 200 targets of 5 seconds each, 20 at a time, inside its time', async () => {
    let together = 0;
    let most = 0;
    const { invoke, runs, seconds, completed } = world(many(200), async (_, clock) => {
      most = Math.max(most, ++together);
      await clock.sleep(4900);
      together -= 1;
      return up;
    });
    await invoke();
    expect(runs).toHaveLength(200);
    expect(runs.every(({ run }) => run.outcome === 'ok')).toBe(true);
    expect(most).toBe(20);
    expect(seconds()).toBe(49);
    expect(completed()).toBe(1);
  });

  it('takes only the targets of its own shard', async () => {
    const { invoke, runs } = world(many(300), async () => up);
    await invoke();
    expect(runs.length).toBeGreaterThan(100);
    expect(runs.length).toBeLessThan(200);
  });

  it('lets no slow target delay what is known of the others', async () => {
    const { invoke, runs, published } = world(many(30), async ({ name }, clock) => {
      await clock.sleep(name === 'service-7' ? 40_000 : 100);
      return up;
    });
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

describe('what cannot be finished', () => {
  it('is recorded as incomplete before the deadline, and the check did not complete', async () => {
    const { invoke, runs, runOf, seconds, completed } = world(many(60), async ({ name }, clock) => {
      await clock.sleep(Number(name.slice(8)) < 20 ? 600_000 : 100);
      return up;
    });
    await invoke(55);
    expect(seconds()).toBeLessThanOrEqual(55);
    expect(runs).toHaveLength(60);
    expect(runOf('service-0')!.run).toMatchObject({
      outcome: 'incomplete',
      error: { class: 'out-of-time' },
      measurements: {},
    });
    expect(runOf('service-59')!.run).toMatchObject({ outcome: 'incomplete', error: { class: 'out-of-time' } });
    expect(completed()).toBe(0);
  });

  it.each([
    {
      when: 'the observer throws',
      answer: async () => Promise.reject(new Error('ledger is gone')),
      message: 'ledger is gone',
    },
    {
      when: 'it measures what nobody declared',
      answer: async () => ({ ...up, measurements: { Speed: 1 } }),
      message: 'Speed is not in the metric registry',
    },
    {
      when: 'it measures what is no number',
      answer: async () => ({ ...up, measurements: { ServiceUp: Number.NaN } }),
      message: 'ServiceUp is NaN',
    },
  ])('is our own fault when $when; the other targets are served', async ({ answer, message }) => {
    const { invoke, runOf, completed, published } = world(['broken', 'well'], (target) =>
      target.name === 'broken' ? answer() : Promise.resolve(up),
    );
    await invoke();
    expect(runOf('broken')!.run).toMatchObject({
      outcome: 'incomplete',
      error: { class: 'our-fault', message: expect.stringContaining(message) },
      measurements: {},
    });
    expect(runOf('well')!.run.outcome).toBe('ok');
    expect(published).toHaveLength(1);
    expect(completed()).toBe(0);
  });
});

describe('requests that publish', () => {
  const requests = async (publish: (data: readonly Datum[]) => Promise<void>, names = ['a', 'b']) => {
    const sent: string[][] = [];
    const { invoke } = world(names, async () => up, {
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

  it('are one a check: the heartbeat goes with the values, after them', async () => {
    expect(await requests(async () => {})).toEqual({
      sent: [['ServiceUp', 'ServiceUp', 'CheckCompleted']],
      failure: undefined,
    });
  });

  it('and one that is refused takes the heartbeat along: the check did not complete', async () => {
    const { sent, failure } = await requests(async () => Promise.reject(new Error('refused')));
    expect(sent).toHaveLength(1);
    expect(String(failure)).toContain('refused');
  });

  it('hold the heartbeat back when values that went out before it were refused', async () => {
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

describe('what cannot be kept', () => {
  const refuse = (what: string) => async () => Promise.reject(new Error(`${what} is gone`));

  it('fails the invocation after every target was served', async () => {
    let recorded = 0;
    const { invoke, published, completed } = world(many(50), async () => up, {
      history: {
        record: async ({ target }) => {
          recorded += 1;
          if (target === 'service-3') throw new Error('table is gone');
        },
      },
    });
    await expect(invoke()).rejects.toThrow('health-60s-0 could not keep all results: table is gone');
    expect(recorded).toBe(50);
    expect(published).toHaveLength(50);
    expect(completed()).toBe(0);
  });

  it('says each reason once', async () => {
    const { invoke } = world(many(50), async () => up, {
      history: { record: refuse('table') },
      metrics: { publish: refuse('sink') },
    });
    await expect(invoke()).rejects.toThrow(/could not keep all results: table is gone; sink is gone$/);
  });
});

describe('a tick of a schedule that the config no longer has', () => {
  it('is refused by name, with those that there are', async () => {
    const { clock } = world([], async () => up);
    const run = runCheck({
      document: aDocument(),
      observe: async () => up,
      history: { record: async () => {} },
      metrics: { publish: async () => {} },
      clock,
    });
    await expect(run({ ...tick, everySeconds: 30 }, scheduledAt + 55_000)).rejects.toThrow(
      'the config has no schedule health-30s-0; there are health-60s-0, batch-300s-0, disk-300s-0',
    );
  });
});

it('leaves no sleeper behind that outlives it by more than two seconds', async () => {
  const { invoke, clock } = world(['a'], async () => up);
  await invoke();
  expect(clock.nextWakeAt! - clock.now()).toBeLessThanOrEqual(2000);
});
