import { describe, expect, it } from 'vitest';
import type { Run } from '../../../core/history/run.ts';
import { evaluate } from '../../../functions/batch-check/evaluate.ts';
import { observer } from '../../../functions/batch-check/observe.ts';
import { aDocument } from '../../support/a-document.ts';

const at = Date.parse;
const seen = at('2026-01-01T00:00:00Z');
const runThat = (fields: Partial<Run> & { finishedAt: number }): Run => ({
  kind: 'job',
  target: 'nightly',
  id: 'r-1',
  startedAt: fields.finishedAt - 180_000,
  outcome: 'ok',
  measurements: {},
  details: {},
  ...fields,
});

describe('the age of a batch job', () => {
  it.each([
    {
      case: 'its last run ended an hour and a half ago',
      firstSeenAt: seen,
      finished: '2026-11-21T02:03:00Z',
      now: '2026-11-21T03:33:00Z',
      hours: 1.5,
    },
    {
      case: 'it never ran: from when it was first seen',
      firstSeenAt: at('2026-11-20T00:00:00Z'),
      finished: undefined,
      now: '2026-11-21T02:00:00Z',
      hours: 26,
    },
    {
      case: 'its last run is older than any retention',
      firstSeenAt: seen,
      finished: '2026-02-01T00:00:00Z',
      now: '2026-11-21T00:00:00Z',
      hours: 293 * 24,
    },
    {
      case: 'it ran before we knew it: from when it was first seen',
      firstSeenAt: at('2026-11-21T00:00:00Z'),
      finished: '2026-11-01T00:00:00Z',
      now: '2026-11-21T03:00:00Z',
      hours: 3,
    },
    {
      case: 'its last run ended after the scheduled moment',
      firstSeenAt: seen,
      finished: '2026-11-21T02:00:01Z',
      now: '2026-11-21T02:00:00Z',
      hours: 0,
    },
    {
      case: 'half past three to half past three over the night when Berlin goes to summer time',
      firstSeenAt: seen,
      finished: '2026-03-28T03:30:00+01:00',
      now: '2026-03-29T03:30:00+02:00',
      hours: 23,
    },
    {
      case: 'half past two to half past two over the night when Berlin goes to winter time',
      firstSeenAt: seen,
      finished: '2026-10-24T02:30:00+02:00',
      now: '2026-10-25T02:30:00+01:00',
      hours: 25,
    },
  ])('$case: $hours h', ({ firstSeenAt, finished, now, hours }) => {
    const lastRun = finished === undefined ? undefined : runThat({ finishedAt: at(finished) });
    const { outcome, measurements } = evaluate({ firstSeenAt, lastRun }, at(now));
    expect(measurements['HoursSinceLastRun']).toBeCloseTo(hours, 10);
    expect(outcome).toBe('ok');
  });
});

describe('the success of the last run', () => {
  const now = at('2026-11-21T03:00:00Z');
  it.each([
    { case: '147 of 150 items', fields: { measurements: { total: 150, successful: 147, failed: 3 } }, percent: 98 },
    { case: '3 failed of 150', fields: { measurements: { total: 150, failed: 3 } }, percent: 98 },
    { case: 'no counts, succeeded', fields: {}, percent: 100 },
    { case: 'no counts, failed', fields: { outcome: 'failed' }, percent: 0 },
    { case: 'nothing to do, succeeded', fields: { measurements: { total: 0, successful: 0 } }, percent: 100 },
    {
      case: 'failed, but says that all items are fine',
      fields: { outcome: 'failed', measurements: { total: 10, successful: 10 } },
      percent: 100,
    },
    { case: 'more successes than items', fields: { measurements: { total: 10, successful: 12 } }, percent: 100 },
  ] as { case: string; fields: Partial<Run>; percent: number }[])('$case: $percent %', ({ fields, percent }) => {
    const { measurements } = evaluate({ firstSeenAt: seen, lastRun: runThat({ finishedAt: now, ...fields }) }, now);
    expect(measurements['BatchSuccessPercent']).toBeCloseTo(percent, 10);
  });

  it('has no value before the first run', () => {
    const { measurements, details } = evaluate({ firstSeenAt: now }, now);
    expect(measurements).toEqual({ HoursSinceLastRun: 0 });
    expect(details).toEqual({ lastRun: null, firstSeenAt: '2026-11-21T03:00:00.000Z' });
  });
});

it('the batch check asks the ledger for the standing at the scheduled moment', async () => {
  const target = aDocument().targets.find(({ kind }) => kind === 'batch')!;
  const questions: unknown[] = [];
  const ledger = {
    standing: async (...question: unknown[]) => {
      questions.push(question);
      return {
        firstSeenAt: seen,
        lastRun: runThat({
          finishedAt: seen + 3_600_000,
          outcome: 'failed',
          error: { class: 'batch-failed', message: 'no API' },
        }),
      };
    },
    recordOwing: async () => true,
    settle: async () => {},
  };
  const { measurements, details } = await observer({ ledger })(target, target.checks[0]!, seen + 7_200_000);
  expect(questions).toEqual([['nightly', seen + 7_200_000]]);
  expect(measurements).toEqual({ HoursSinceLastRun: 1, BatchSuccessPercent: 0 });
  expect(details).toMatchObject({ lastRun: 'r-1', lastOutcome: 'failed', lastError: 'no API' });
});
