import { describe, expect, it } from 'vitest';
import { overdueMs, usualMsOf } from '../../../core/checks/overdue.ts';
import type { MetricRule, RuleInput } from '../../../core/rules/rule.ts';
import { batchMissing } from '../../../index.ts';
import { aDocument } from '../../support/a-document.ts';

const hourMs = 3_600_000;
const at = (text: string) => Date.parse(text);
const hours = (schedule: string, ran: string, now: string, usualMinutes = 0, timeZone = 'Europe/Berlin') =>
  overdueMs({ schedule, timeZone, usualMs: usualMinutes * 60_000 }, { ran: at(ran) }, at(now)) / hourMs;

describe('how long a run is overdue', () => {
  it.each`
    sentence                                                            | schedule         | ran                            | now                            | usual | overdue
    ${'not before it is due'}                                           | ${'0 2 * * *'}   | ${'2026-11-20T02:00:03+01:00'} | ${'2026-11-21T01:59:00+01:00'} | ${0}  | ${0}
    ${'not while it may still run'}                                     | ${'0 2 * * *'}   | ${'2026-11-20T02:00:03+01:00'} | ${'2026-11-21T02:29:00+01:00'} | ${30} | ${0}
    ${'from its usual end on'}                                          | ${'0 2 * * *'}   | ${'2026-11-20T02:00:03+01:00'} | ${'2026-11-21T04:30:00+01:00'} | ${30} | ${2}
    ${'a run that ends eight minutes later than yesterday'}             | ${'0 2 * * *'}   | ${'2026-11-20T02:00:03+01:00'} | ${'2026-11-21T02:08:00+01:00'} | ${10} | ${0}
    ${'counted from the first missing run'}                             | ${'0 2 * * *'}   | ${'2026-11-20T02:00:03+01:00'} | ${'2026-11-23T02:00:00+01:00'} | ${0}  | ${48}
    ${'a weekday schedule expects no run on Saturday'}                  | ${'0 2 * * 1-5'} | ${'2026-11-20T02:00:03+01:00'} | ${'2026-11-22T23:00:00+01:00'} | ${0}  | ${0}
    ${'but expects one on Monday'}                                      | ${'0 2 * * 1-5'} | ${'2026-11-20T02:00:03+01:00'} | ${'2026-11-23T05:00:00+01:00'} | ${0}  | ${3}
    ${'a missing hourly run is detected within hours'}                  | ${'0 * * * *'}   | ${'2026-11-20T02:00:03+01:00'} | ${'2026-11-20T05:30:00+01:00'} | ${0}  | ${2.5}
    ${'a clock that is one minute behind'}                              | ${'0 2 * * *'}   | ${'2026-11-21T01:59:10+01:00'} | ${'2026-11-21T12:00:00+01:00'} | ${0}  | ${0}
    ${'a manual run in the afternoon does not replace the nightly run'} | ${'0 2 * * *'}   | ${'2026-11-20T15:00:00+01:00'} | ${'2026-11-21T03:00:00+01:00'} | ${0}  | ${1}
    ${'for times close together the nearer one counts'}                 | ${'*/2 * * * *'} | ${'2026-11-21T02:01:10+01:00'} | ${'2026-11-21T02:10:00+01:00'} | ${0}  | ${0.1}
    ${'summer time skips the hour: the run is expected right after it'} | ${'30 2 * * *'}  | ${'2026-03-28T02:30:00+01:00'} | ${'2026-03-29T03:15:00+02:00'} | ${0}  | ${0.25}
    ${'and the day after at its own time'}                              | ${'30 2 * * *'}  | ${'2026-03-29T03:30:00+02:00'} | ${'2026-03-30T02:00:00+02:00'} | ${0}  | ${0}
    ${'winter time repeats the hour: one run is enough'}                | ${'30 2 * * *'}  | ${'2026-10-25T02:30:00+02:00'} | ${'2026-10-25T12:00:00+01:00'} | ${0}  | ${0}
  `('$sentence', ({ schedule, ran, now, usual, overdue }) => {
    expect(hours(schedule, ran, now, usual)).toBeCloseTo(overdue, 10);
  });

  it('counts from the first observation for a job that never ran', () => {
    const expected = { schedule: '0 2 * * *', timeZone: 'UTC', usualMs: 0 };
    const seen = { seen: at('2026-11-20T12:00:00Z') };
    expect(overdueMs(expected, seen, at('2026-11-21T01:59:00Z'))).toBe(0);
    expect(overdueMs(expected, seen, at('2026-11-21T05:00:00Z'))).toBe(3 * hourMs);
  });
});

describe('how long a run takes', () => {
  it.each([
    {
      says: 'as long as the longest of the last',
      runs: [
        { startedAt: 0, finishedAt: 5 },
        { startedAt: 0, finishedAt: 7 },
      ],
      ms: 7,
    },
    { says: 'no time, while nobody knows', runs: [], ms: 0 },
  ])('$says', ({ runs, ms }) => {
    expect(usualMsOf(runs)).toBe(ms);
  });
});

describe('batchMissing()', () => {
  const reads = (job: object) => {
    const document = aDocument({ batchJobs: { nightly: { rules: [batchMissing()] as [RuleInput], ...job } } });
    const rule = document.targets.find(({ kind }) => kind === 'batch')!.rules[0] as MetricRule;
    return [rule.metric, rule.threshold];
  };

  it.each([
    { says: 'follows the schedule of a job', job: { schedule: '0 2 * * *' }, is: ['HoursOverdue', 1] },
    { says: 'goes by the age of the last run where there is none', job: {}, is: ['HoursSinceLastRun', 26] },
    {
      says: 'goes by the age when that is what the config says',
      job: { schedule: '0 2 * * *', rules: [batchMissing({ afterHours: 30 })] },
      is: ['HoursSinceLastRun', 30],
    },
    {
      says: 'allows as much time as the config says',
      job: { schedule: '0 * * * *', rules: [batchMissing({ grace: '15 minutes' })] },
      is: ['HoursOverdue', 0.25],
    },
  ])('$says', ({ job, is }) => {
    expect(reads(job)).toEqual(is);
  });
});
