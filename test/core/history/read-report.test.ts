import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReport } from '../../../core/history/read-report.ts';
import sample from '../../../events/batch-run.sample.json' with { type: 'json' };
import type { BatchRun } from '../../../events/batch-run.ts';

const now = Date.parse('2026-11-25T10:06:00Z');
const plain = {
  job: 'nightly',
  runId: 'r1',
  startedAt: '2026-11-25T10:00:00Z',
  finishedAt: '2026-11-25T10:05:00Z',
  outcome: 'failed',
};
const at = (time: string) => Date.parse(`2026-11-25T${time}Z`);
const read = (detail: object, envelope: object = {}) => readReport({ ...sample, ...envelope, detail }, now);

/** The result for a report with one defect. */
interface Row {
  what: string;
  off: object;
  run: Partial<BatchRun>;
  notes: (string | RegExp)[];
}

describe('a failure in a malformed report is still a failure', () => {
  it.each<Row>([
    {
      what: 'fields that are null are as if left out',
      off: { error: null, total: null, exitCode: null },
      run: {},
      notes: [],
    },
    {
      what: 'of a long error its end stays, where a traceback has its point',
      off: { error: `${'x'.repeat(30_000)}\nValueError: no rows` },
      run: { error: expect.stringMatching(/^…x+\nValueError: no rows$/) },
      notes: ['error was truncated to its last 2000 characters'],
    },
    {
      what: 'an error that is an object',
      off: { error: { type: 'E', rows: 0 } },
      run: { error: '{"type":"E","rows":0}' },
      notes: [],
    },
    {
      what: 'a run id of 120 characters',
      off: { runId: 'r'.repeat(120) },
      run: { runId: expect.stringMatching(/^r{87}-[0-9a-f]{12}$/) },
      notes: ['runId is longer than 100 characters'],
    },
    { what: 'a run id that is a number', off: { runId: 4711 }, run: { runId: '4711' }, notes: [] },
    {
      what: 'no run id: one is made of the event, so that the same report is one run',
      off: { runId: undefined },
      run: { runId: expect.stringMatching(/^[0-9a-f]{12}$/) },
      notes: ['runId is missing'],
    },
    {
      what: 'times with an offset of four digits',
      off: { startedAt: '2026-11-25T11:00:00+0100', finishedAt: '2026-11-25T11:05:00+0100' },
      run: { startedAt: at('10:00:00'), finishedAt: at('10:05:00') },
      notes: [],
    },
    {
      what: 'times with an offset of two digits',
      off: { startedAt: '2026-11-25T07:00:00-03', finishedAt: '2026-11-25T07:05:00-03' },
      run: { startedAt: at('10:00:00'), finishedAt: at('10:05:00') },
      notes: [],
    },
    {
      what: 'times of Python without an offset, which are UTC',
      off: { startedAt: '2026-11-25T10:00:00.123456', finishedAt: '2026-11-25 10:05:00.5' },
      run: { startedAt: at('10:00:00.123'), finishedAt: at('10:05:00.500') },
      notes: [],
    },
    {
      what: 'times in seconds since 1970',
      off: { startedAt: at('10:00:00') / 1000, finishedAt: at('10:05:00') / 1000 },
      run: { startedAt: at('10:00:00'), finishedAt: at('10:05:00') },
      notes: [],
    },
    {
      what: 'a time that is none',
      off: { startedAt: 'today' },
      run: { startedAt: at('10:05:00'), finishedAt: at('10:05:00') },
      notes: ['startedAt is "today", which is not a time'],
    },
    {
      what: 'no end: the arrival of the report stands for it',
      off: { finishedAt: undefined },
      run: { startedAt: at('10:00:00'), finishedAt: at('10:05:30') },
      notes: ['finishedAt is missing; the arrival time of the report is used'],
    },
    {
      what: 'an end before the start',
      off: { startedAt: '2026-11-25T10:05:00Z', finishedAt: '2026-11-25T10:00:00Z' },
      run: { startedAt: at('10:00:00'), finishedAt: at('10:00:00') },
      notes: ['the run ends before it starts'],
    },
    {
      what: 'an end tomorrow: it would stay the newest run until then',
      off: { finishedAt: '2026-11-26T10:06:00Z' },
      run: { finishedAt: now },
      notes: ['finishedAt is 86400 s in the future'],
    },
    {
      what: 'a clock that is a few seconds ahead',
      off: { finishedAt: '2026-11-25T10:06:05Z' },
      run: { finishedAt: at('10:06:05') },
      notes: [],
    },
    { what: 'an outcome in capitals', off: { outcome: ' FAILURE ' }, run: { outcome: 'failed' }, notes: [] },
    {
      what: 'no outcome and an exit code',
      off: { outcome: undefined, exitCode: '3' },
      run: { outcome: 'failed', exitCode: 3 },
      notes: [],
    },
    {
      what: 'counts as text, and one that is none',
      off: { total: '150', successful: 'most', failed: -1 },
      run: { total: 150 },
      notes: ['successful is "most", which is not a count', 'failed is -1, which is not a count'],
    },
    {
      what: 'more successes than items',
      off: { total: 10, successful: 12 },
      run: { total: 10, successful: 12 },
      notes: ['successful is 12, more than the total of 10'],
    },
    {
      what: 'categories of which one is no number',
      off: { categories: { Shoes: 32, Shirts: 'many' } },
      run: { categories: { Shoes: 32 } },
      notes: ['some categories are not counts'],
    },
    {
      what: 'a time of zero: the run would be the oldest of all, and nobody would be notified',
      off: { startedAt: 0, finishedAt: '1970-01-01T00:00:00Z' },
      run: { startedAt: at('10:05:30'), finishedAt: at('10:05:30') },
      notes: [
        'startedAt is 0, which is not a time',
        'finishedAt is "1970-01-01T00:00:00Z", which is not a time',
        'finishedAt is missing; the arrival time of the report is used',
      ],
    },
    {
      what: 'a start of zero',
      off: { startedAt: 0 },
      run: { startedAt: at('10:05:00') },
      notes: ['startedAt is 0, which is not a time'],
    },
    {
      what: 'a time-out, as schedulers write it',
      off: { outcome: 'TIMED_OUT' },
      run: { outcome: 'failed' },
      notes: [],
    },
    { what: 'a run that was ended', off: { outcome: 'Cancelled' }, run: { outcome: 'failed' }, notes: [] },
    { what: 'an outcome that is yes or no', off: { outcome: false }, run: { outcome: 'failed' }, notes: [] },
    {
      what: 'an outcome that nobody knows, and an exit code',
      off: { outcome: 'constructor', exitCode: 3 },
      run: { outcome: 'failed', exitCode: 3 },
      notes: ['outcome is "constructor", which is not an outcome; the exit code is 3'],
    },
    {
      what: 'an outcome that its exit code denies',
      off: { exitCode: 0 },
      run: { outcome: 'failed', exitCode: 0 },
      notes: ['outcome is "failed", but the exit code is 0'],
    },
    {
      what: 'an error nested deeper than a call stack',
      off: { error: JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) },
      run: { error: 'a value that is nested too deeply' },
      notes: [],
    },
    {
      what: 'a long run id is not cut through a character',
      off: { runId: '\u{1F514}'.repeat(60) },
      run: { runId: expect.stringMatching(/^[^\p{Cs}]+-[0-9a-f]{12}$/u) as never },
      notes: ['runId is longer than 100 characters'],
    },
    { what: 'a field that is misspelt', off: { exit: 1 }, run: {}, notes: ['exit is not a known field'] },
  ])('$what', ({ off, run, notes }) => {
    const report = read({ ...plain, ...off }, { time: '2026-11-25T10:05:30Z' });
    expect(report).toMatchObject({ ok: true, run: { job: 'nightly', outcome: 'failed', ...run } });
    expect(report).toHaveProperty('notes', notes);
  });
});

describe('a report', () => {
  it('without defects is read unchanged', () => {
    expect(readReport(sample, Date.parse('2026-11-21T12:00:00Z'))).toMatchObject({ ok: true, notes: [] });
  });

  it('that was encoded twice, or has no event id, is accepted', () => {
    const { id: _, ...event } = sample;
    const report = readReport({ ...event, detail: JSON.stringify(plain) }, now);
    expect(report).toMatchObject({ ok: true, run: { job: 'nightly', runId: 'r1', outcome: 'failed' } });
  });

  it.each([
    ['no job', { ...plain, job: ' ' }, 'job is missing in the report of run "r1"'],
    [
      'no outcome',
      { ...plain, outcome: undefined },
      'batch job nightly: outcome is missing; write succeeded or failed',
    ],
    ['an unknown outcome', { ...plain, outcome: 7 }, 'batch job nightly: outcome is 7, which is not an outcome'],
    [
      'an outcome that is the name of something in JavaScript',
      { ...plain, outcome: 'constructor' },
      'batch job nightly: outcome is "constructor", which is not an outcome',
    ],
  ])('with %s is rejected with the name of the job or run', (_, detail, reason) => {
    expect(read(detail)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });

  it('of any value never throws, and the result can be stored', () => {
    const detail = fc.dictionary(
      fc.constantFrom(...Object.keys(plain), 'error', 'total', 'categories', 'x'),
      fc.anything(),
    );
    fc.assert(
      fc.property(fc.oneof(detail, fc.anything()), (off) => {
        const said = typeof off === 'object' && off !== null ? { ...plain, ...off } : off;
        const report = readReport({ ...sample, detail: said }, now);
        if (report.ok) expect(report.run.finishedAt).toBeGreaterThanOrEqual(report.run.startedAt);
        else expect(report.reason).not.toContain('\n');
      }),
      { numRuns: 500 },
    );
  });
});
