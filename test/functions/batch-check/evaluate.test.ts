import { describe, expect, it } from 'vitest';
import type { ExecutionHistory } from '../../../core/history/execution-history.ts';
import type { Run } from '../../../core/history/run.ts';
import type { RuleInput } from '../../../core/rules/rule.ts';
import { evaluate } from '../../../functions/batch-check/evaluate.ts';
import { observer } from '../../../functions/batch-check/observe.ts';
import { batchMissing } from '../../../index.ts';
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

/** A history without any run. */
const noRuns = { newestRuns: async function* (): AsyncGenerator<Run> {} };

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
  const job = { rules: [batchMissing({ afterHours: 26 })] as [RuleInput] };
  const target = aDocument({ batchJobs: { nightly: job } }).targets.find(({ kind }) => kind === 'batch')!;
  const questions: unknown[] = [];
  const ledger = {
    jobState: async (...question: unknown[]) => {
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
    recordPending: async () => true,
    settle: async () => {},
  };
  const { measurements, details } = await observer({ ledger, runs: noRuns })(
    target,
    target.checks[0]!,
    seen + 7_200_000,
  );
  expect(questions).toEqual([['nightly', seen + 7_200_000]]);
  expect(measurements).toEqual({ HoursSinceLastRun: 1, BatchSuccessPercent: 0 });
  expect(details).toMatchObject({ lastRun: 'r-1', lastOutcome: 'failed', lastError: 'no API' });
});

describe('a job with a schedule', () => {
  const jobOf = (job: object) => {
    const batchJobs = { nightly: { rules: [batchMissing()] as [RuleInput], ...job } };
    return aDocument({ timeZone: 'Europe/Berlin', batchJobs }).targets.find(({ kind }) => kind === 'batch')!;
  };
  /** Runs that began at these moments, each of as many minutes, the newest first. */
  const runsAt = (...runs: [begun: string, minutes: number, outcome?: Run['outcome']][]) => ({
    newestRuns: async function* () {
      for (const [begun, minutes, outcome = 'ok'] of runs)
        yield runThat({ outcome, startedAt: at(begun), finishedAt: at(begun) + minutes * 60_000 });
    },
  });
  const ledger = {
    jobState: async () => ({ firstSeenAt: seen }),
    recordPending: async () => true,
    settle: async () => {},
  };
  const overdue = async (job: object, runs: Pick<ExecutionHistory, 'newestRuns'>, now: string) => {
    const target = jobOf(job);
    const { measurements } = await observer({ ledger, runs })(target, target.checks[0]!, at(now));
    return measurements['HoursOverdue'];
  };

  it.each([
    { says: 'the longest of its last successes', job: {}, hours: 1 },
    { says: 'what the config says', job: { maxDuration: '30 minutes' }, hours: 1.5 },
  ])('is overdue from its scheduled time plus how long a run takes: $says', async ({ job, hours }) => {
    const runs = runsAt(
      ['2026-11-20T02:00:00+01:00', 20],
      ['2026-11-19T02:00:00+01:00', 60],
      ['2026-11-18T02:00:00+01:00', 300, 'failed'],
    );
    const now = '2026-11-21T04:00:00+01:00';
    expect(await overdue({ schedule: '0 2 * * *', ...job }, runs, now)).toBeCloseTo(hours, 10);
  });

  it('follows the time zone of the job, where it has one of its own', async () => {
    const runs = runsAt(['2026-11-20T02:00:00Z', 0]);
    expect(await overdue({ schedule: '0 2 * * *', timeZone: 'UTC' }, runs, '2026-11-21T02:30:00Z')).toBeCloseTo(
      0.5,
      10,
    );
  });

  it('publishes its age only where a rule reads it, since each metric is billed', async () => {
    const measured = async (job: object) => {
      const target = jobOf({ schedule: '0 2 * * *', ...job });
      return Object.keys((await observer({ ledger, runs: noRuns })(target, target.checks[0]!, seen)).measurements);
    };
    expect(await measured({})).toEqual(['HoursOverdue']);
    expect(await measured({ rules: [batchMissing({ afterHours: 26 })] })).toEqual([
      'HoursSinceLastRun',
      'HoursOverdue',
    ]);
  });
});
