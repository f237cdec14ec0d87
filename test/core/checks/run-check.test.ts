import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../adapters/virtual-clock.ts';
import type { Observation } from '../../../core/checks/observe.ts';
import { type RunCheckPorts, runCheck } from '../../../core/checks/run-check.ts';
import type { Target } from '../../../core/config/document.ts';
import type { Run } from '../../../core/history/run.ts';
import type { Datum } from '../../../core/metrics/metric.ts';
import type { Duration } from '../../../core/time/duration.ts';
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
function world(
  names: string[],
  answer: Behaviour,
  { timeout, ...faults }: Partial<Pick<RunCheckPorts, 'history' | 'metrics'>> & { timeout?: Duration } = {},
) {
  const clock = new VirtualClock(scheduledAt);
  const seconds = () => (clock.now() - scheduledAt) / 1000;
  const runs: { run: Run; at: number }[] = [];
  const published: { datum: Datum; at: number }[] = [];
  const run = runCheck({
    document: aDocument({ services: servicesNamed(names, timeout && { timeout }) }),
    observe: (target) => answer(target, clock),
    history: { record: async (kept) => void runs.push({ run: kept, at: seconds() }) },
    metrics: { publish: async (data) => void published.push(...data.map((datum) => ({ datum, at: seconds() }))) },
    clock,
    ...faults,
  });
  return {
    invoke: (seconds = 55, minute = 0) =>
      clock.until(run({ ...tick, scheduledAt: scheduledAt + minute * 60_000 }, scheduledAt + seconds * 1000)),
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

  it('begins 20 looks together, so that our own queue is not measured', async () => {
    let together = 0;
    let most = 0;
    const { invoke, seconds } = world(many(200), async (_, clock) => {
      most = Math.max(most, ++together);
      await clock.sleep(400);
      together -= 1;
      return up;
    });
    await invoke();
    expect(most).toBe(20);
    expect(seconds()).toBe(4);
  });

  it('looks at 200 targets that all take their 5 seconds, well inside its time', async () => {
    const { invoke, runs, seconds, completed } = world(many(200), async (_, clock) => {
      await clock.sleep(5000);
      return down;
    });
    await invoke();
    expect(runs).toHaveLength(200);
    expect(runs.every(({ run }) => run.outcome === 'failed')).toBe(true);
    expect(seconds()).toBe(9.5);
    expect(completed()).toBe(1);
  });

  it('finds 60 services down that hang for 20 seconds, all of them, at every run', async () => {
    const { invoke, runs, completed } = world(
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

  it('begins elsewhere in the list at each run', async () => {
    const firsts = new Set<string>();
    for (let minute = 0; minute < 10; minute += 1) {
      const { invoke, runs } = world(many(100), async () => up);
      await invoke(55, minute);
      firsts.add(runs[0]!.run.target);
    }
    expect(firsts.size).toBe(5);
  });

  it('takes only the targets of its own shard', async () => {
    const { invoke, runs } = world(many(300), async () => up);
    await invoke();
    expect(runs.length).toBeGreaterThan(100);
    expect(runs.length).toBeLessThan(200);
  });

  it('lets no slow target delay what is known of the others', async () => {
    const { invoke, runs, published } = world(
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

describe('what cannot be finished', () => {
  it('is given up soon after its own timeout, and keeps nobody else from being seen', async () => {
    const never = () => new Promise<Observation>(() => {});
    const { invoke, runOf, runs, completed } = world(['stuck', ...many(60)], async ({ name }) =>
      name === 'stuck' ? never() : up,
    );
    await expect(invoke()).rejects.toThrow(
      'health-60s-0 could not judge 1 target: stuck: the look at this target did not end within 7 s',
    );
    expect(runOf('stuck')).toMatchObject({ at: 8, run: { outcome: 'incomplete', error: { class: 'hung' } } });
    expect(runs.filter(({ run }) => run.outcome === 'ok')).toHaveLength(60);
    expect(completed()).toBe(1);
  });

  it('is recorded as incomplete before the deadline', async () => {
    const { invoke, runs, runOf, seconds, completed } = world(many(60), async ({ name }, clock) => {
      await clock.sleep(Number(name.slice(8)) < 20 ? 600_000 : 100);
      return up;
    });
    await expect(invoke(5)).rejects.toThrow(
      'health-60s-0 could not judge 20 targets: service-0: the invocation ran out',
    );
    expect(seconds()).toBeLessThanOrEqual(5);
    expect(runs).toHaveLength(60);
    expect(runOf('service-0')!.run).toMatchObject({
      outcome: 'incomplete',
      error: { class: 'out-of-time' },
      measurements: {},
    });
    expect(runOf('service-59')!.run).toMatchObject({ outcome: 'ok' });
    expect(completed()).toBe(1);
  });

  it('withholds the heartbeat when it is all there is', async () => {
    const { invoke, completed } = world(many(3), async (_, clock) => {
      await clock.sleep(600_000);
      return up;
    });
    await expect(invoke()).rejects.toThrow('could not judge 3 targets');
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
    await expect(invoke()).rejects.toThrow(message);
    expect(runOf('broken')!.run).toMatchObject({
      outcome: 'incomplete',
      error: { class: 'our-fault', message: expect.stringContaining(message) },
      measurements: {},
    });
    expect(runOf('well')!.run.outcome).toBe('ok');
    expect(published.map(({ datum }) => datum.metric)).toEqual(['ServiceUp', 'CheckCompleted']);
    expect(completed()).toBe(1);
  });
});

it('what an observer cannot judge is kept as unknown, and the operators are notified', async () => {
  const unknown: Observation = {
    outcome: 'unknown',
    error: { class: 'too-large', message: 'the body is longer than 9 bytes' },
    measurements: { ResponseSeconds: 1 },
    details: {},
  };
  const { invoke, runOf, completed } = world(['big'], async () => unknown);
  await expect(invoke()).rejects.toThrow('could not judge 1 target: big: the body is longer than 9 bytes');
  expect(runOf('big')!.run).toMatchObject(unknown);
  expect(completed()).toBe(1);
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
    expect(published).toHaveLength(51);
    expect(completed()).toBe(1);
  });

  it('says each reason once', async () => {
    const { invoke } = world(many(50), async () => up, {
      history: { record: refuse('table') },
      metrics: { publish: refuse('sink') },
    });
    await expect(invoke()).rejects.toThrow(/could not keep all results: table is gone; sink is gone$/);
  });

  it('withholds the heartbeat when nothing was kept', async () => {
    const { invoke, completed } = world(many(50), async () => up, { history: { record: refuse('table') } });
    await expect(invoke()).rejects.toThrow('table is gone');
    expect(completed()).toBe(0);
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
