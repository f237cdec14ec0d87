import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../core/checks/observe.ts';
import { checkWorld, many, up } from '../../support/check-world.ts';

describe('an observation that does not end', () => {
  it('is abandoned soon after its own timeout, and does not block other targets', async () => {
    const never = () => new Promise<Observation>(() => {});
    const { invoke, runOf, runs, completed } = checkWorld(['stuck', ...many(60)], async ({ name }) =>
      name === 'stuck' ? never() : up,
    );
    await expect(invoke()).rejects.toThrow(
      'health-60s-0 could not determine the state of 1 target: stuck: the check of this target did not end within 15 s',
    );
    expect(runOf('stuck')).toMatchObject({ at: 16, run: { outcome: 'incomplete', error: { class: 'hung' } } });
    expect(runs.filter(({ run }) => run.outcome === 'ok')).toHaveLength(60);
    expect(completed()).toBe(1);
  });

  it('is recorded as incomplete before the deadline', async () => {
    const { invoke, runs, runOf, seconds, completed } = checkWorld(many(60), async ({ name }, clock) => {
      await clock.sleep(Number(name.slice(8)) < 20 ? 600_000 : 100);
      return up;
    });
    await expect(invoke(5)).rejects.toThrow(
      'health-60s-0 could not determine the state of 20 targets: service-0: the invocation ran out',
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

  it('withholds the heartbeat if no observation ends', async () => {
    const { invoke, completed } = checkWorld(many(3), async (_, clock) => {
      await clock.sleep(600_000);
      return up;
    });
    await expect(invoke()).rejects.toThrow('could not determine the state of 3 targets');
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
      message: 'Speed is not a metric of the health check',
    },
    {
      when: 'it measures what is no number',
      answer: async () => ({ ...up, measurements: { ServiceUp: Number.NaN } }),
      message: 'ServiceUp is NaN',
    },
  ])('is our own fault when $when; the other targets are served', async ({ answer, message }) => {
    const { invoke, runOf, completed, published } = checkWorld(['broken', 'well'], (target) =>
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

it('an undetermined state is stored as unknown, and the operators are notified', async () => {
  const unknown: Observation = {
    outcome: 'unknown',
    error: { class: 'too-large', message: 'the body is longer than 9 bytes' },
    measurements: { ResponseSeconds: 1 },
    details: {},
  };
  const { invoke, runOf, completed } = checkWorld(['big'], async () => unknown);
  await expect(invoke()).rejects.toThrow(
    'could not determine the state of 1 target: big: the body is longer than 9 bytes',
  );
  expect(runOf('big')!.run).toMatchObject(unknown);
  expect(completed()).toBe(1);
});

it('a cause is stored as one line of limited length', async () => {
  const error = { class: 'body-wrong', message: `first\u001b[2J line\n${'x'.repeat(2000)}` };
  const { invoke, runOf } = checkWorld(['long'], async () => ({ ...up, outcome: 'failed', error }));
  await invoke();
  expect(runOf('long')!.run.error?.message).toMatch(/^first\uFFFD\[2J line x{400,}…$/);
  expect(runOf('long')!.run.error?.message).toHaveLength(500);
});

describe('a result that cannot be recorded', () => {
  const refuse = (what: string) => async () => Promise.reject(new Error(`${what} is gone`));

  it('fails the invocation after every target was observed', async () => {
    let recorded = 0;
    const { invoke, published, completed } = checkWorld(many(50), async () => up, {
      history: {
        record: async ({ target }) => {
          recorded += 1;
          if (target === 'service-3') throw new Error('table is gone');
        },
      },
    });
    await expect(invoke()).rejects.toThrow('health-60s-0 could not record all results: table is gone');
    expect(recorded).toBe(50);
    expect(published).toHaveLength(51);
    expect(completed()).toBe(1);
  });

  it('reports each reason once', async () => {
    const { invoke } = checkWorld(many(50), async () => up, {
      history: { record: refuse('table') },
      metrics: { publish: refuse('sink') },
    });
    await expect(invoke()).rejects.toThrow(/could not record all results: table is gone; sink is gone$/);
  });

  it('withholds the heartbeat if nothing was recorded', async () => {
    const { invoke, completed } = checkWorld(many(50), async () => up, { history: { record: refuse('table') } });
    await expect(invoke()).rejects.toThrow('table is gone');
    expect(completed()).toBe(0);
  });
});
