import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../adapters/virtual-clock.ts';
import type { BatchLedger } from '../../../core/history/execution-history.ts';
import type { Run } from '../../../core/history/run.ts';
import type { Datum } from '../../../core/metrics/metric.ts';
import sample from '../../../events/batch-run.sample.json' with { type: 'json' };
import { type IngestPorts, ingest } from '../../../functions/run-ingest/ingest.ts';
import { aDocument } from '../../support/a-document.ts';

const now = Date.parse('2026-11-21T02:03:02Z');
const event = (detail: object = {}) => JSON.stringify({ ...sample, detail: { ...sample.detail, ...detail } });
const failed = event({ outcome: 'failed', error: 'ConnectionError: Unable to reach API', exitCode: 1 });
const message = (body: string) => ({ id: 'm-1', body, receives: 1 });

/** A ledger that remembers what it owes, and ports that can crash before or after each call. */
function world(crashAt?: { call: string; when: 'before' | 'after' }) {
  const kept = { runs: new Map<string, { run: Run; owed: boolean }>(), sent: [] as string[], metrics: [] as Datum[] };
  let crash = crashAt;
  const point = async <T>(call: string, act: () => T): Promise<T> => {
    const hit = (when: string) => {
      if (crash?.call !== call || crash.when !== when) return;
      crash = undefined;
      throw new Error(`crashed ${when} ${call}`);
    };
    hit('before');
    const result = act();
    hit('after');
    return result;
  };
  const ledger: BatchLedger = {
    recordPending: (run) =>
      point('recordPending', () => {
        const known = kept.runs.get(run.id) ?? { run, owed: true };
        kept.runs.set(run.id, known);
        return known.owed;
      }),
    settle: (run) => point('settle', () => void kept.runs.set(run.id, { run, owed: false })),
    jobState: async () => ({ firstSeenAt: 0 }),
  };
  const ports: IngestPorts = {
    document: aDocument(),
    ledger,
    metrics: { publish: (data) => point('publish', () => void kept.metrics.push(...data)) },
    signals: { send: (body) => point('send', () => void kept.sent.push(body)) },
    clock: new VirtualClock(now),
  };
  return { consume: ingest(ports), kept };
}

describe('a reported run', () => {
  it('is stored, sent to the router as an event, measured and settled', async () => {
    const { consume, kept } = world();
    expect(await consume(message(failed))).toEqual({ verdict: 'done' });

    expect([...kept.runs.values()]).toMatchObject([
      { run: { kind: 'job', target: 'nightly', id: '2026-11-21T02:00', outcome: 'failed' }, owed: false },
    ]);
    expect(kept.sent.map((body) => JSON.parse(body))).toMatchObject([
      {
        type: 'batch-run',
        run: {
          job: 'nightly',
          outcome: 'failed',
          startedAt: '2026-11-21T02:00:00.000Z',
          error: 'ConnectionError: Unable to reach API',
        },
      },
    ]);
    expect(kept.metrics).toEqual([
      {
        metric: 'BatchRunFailed',
        unit: 'Count',
        dimensions: { BatchJob: 'nightly' },
        at: Date.parse('2026-11-21T02:03:00.500Z'),
        value: 1,
      },
    ]);
  });

  it('that succeeded is sent and measured too', async () => {
    const { consume, kept } = world();
    await consume(message(event()));
    expect(kept.sent).toHaveLength(1);
    expect(kept.metrics).toMatchObject([{ value: 0 }]);
  });

  it('that was reported before is sent once', async () => {
    const { consume, kept } = world();
    await consume(message(failed));
    expect(await consume(message(failed))).toEqual({ verdict: 'done' });
    expect(kept.sent).toHaveLength(1);
  });

  it('of last month is sent, but not measured: CloudWatch would always reject it', async () => {
    const { consume, kept } = world();
    const old = event({ startedAt: '2026-10-21T02:00:00Z', finishedAt: '2026-10-21T02:03:00Z' });
    expect(await consume(message(old))).toEqual({ verdict: 'done' });
    expect(kept.sent).toHaveLength(1);
    expect(kept.metrics).toEqual([]);
  });
});

describe('a crash at any call', () => {
  const points = ['recordPending', 'send', 'publish', 'settle'].flatMap((call) => [
    { call, when: 'before' as const },
    { call, when: 'after' as const },
  ]);

  it.each(points)(
    '$when $call loses nothing once the message comes again, and repeats at most the telling',
    async (crashAt) => {
      const { consume, kept } = world(crashAt);
      await expect(consume(message(failed))).rejects.toThrow(`crashed ${crashAt.when} ${crashAt.call}`);
      expect(await consume(message(failed))).toEqual({ verdict: 'done' });

      expect([...kept.runs.values()]).toMatchObject([{ owed: false }]);
      expect([1, 2]).toContain(kept.sent.length);
      expect(new Set(kept.sent).size).toBe(1);
      expect(new Set(kept.metrics.map((datum) => JSON.stringify(datum))).size).toBe(1);
    },
  );
});

describe('anything that is not a run of a configured job goes to the dead-letter queue with its reason', () => {
  it.each([
    { why: 'no JSON', body: 'nightly ok', errorClass: 'malformed', says: 'the message is not JSON: nightly ok' },
    {
      why: 'another event',
      body: JSON.stringify({ ...sample, source: 'aws.ec2' }),
      errorClass: 'malformed',
      says: 'source: ',
    },
    {
      why: 'a run of an unknown job',
      body: event({ job: null, runId: 'r7' }),
      errorClass: 'malformed',
      says: 'job is missing in the report of run "r7"',
    },
    {
      why: 'a run with an unknown outcome: the reason names the job',
      body: event({ outcome: 'maybe' }),
      errorClass: 'malformed',
      says: 'batch job nightly: outcome is "maybe", which is not an outcome; write succeeded or failed',
    },
    {
      why: 'a detail that is no object',
      body: event().replace(/"detail":\{.*\}/, '"detail":[]'),
      errorClass: 'malformed',
      says: 'detail',
    },
    {
      why: 'a job that is not in the config',
      body: event({ job: 'weekly' }),
      errorClass: 'unknown-job',
      says: 'but batch job weekly is not in the config, which has nightly.',
    },
  ])('$why', async ({ body, errorClass, says }) => {
    const { consume, kept } = world();
    const verdict = await consume(message(body));
    expect(verdict).toMatchObject({ verdict: 'dead-letter', errorClass, reason: expect.stringContaining(says) });
    expect(verdict).toHaveProperty('reason', expect.not.stringContaining('\n'));
    expect(kept.runs.size).toBe(0);
  });
});
