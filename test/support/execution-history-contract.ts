import { describe, expect, it } from 'vitest';
import type { ExecutionHistory } from '../../core/history/execution-history.ts';
import type { Run } from '../../core/history/run.ts';
import { aFailedRun, aRun } from './a-run.ts';
import { collect } from './collect.ts';
import { type HandClock, handClock } from './hand-clock.ts';

/** Makes an empty store that keeps runs for 15 days. */
type Make<Port> = (options: { clock: HandClock; retentionDays: number }) => Port | Promise<Port>;

const starts = (runs: Run[]) => runs.map((run) => new Date(run.startedAt).toISOString().slice(5, 16));

/** What every execution history does, whatever it keeps its runs in. */
export function executionHistoryContract(make: Make<ExecutionHistory>): void {
  const given = async (runs: Run[], now = '2026-11-21T12:00:00Z') => {
    const clock = handClock(now);
    const history = await make({ clock, retentionDays: 15 });
    for (const run of runs) await history.record(run);
    return { history, clock };
  };

  describe('an execution history', () => {
    it('gives a run back as it was recorded', async () => {
      const run = aRun({
        start: '2026-11-21T02:00:00.001Z',
        measurements: { BatchSuccessPercent: 98.123456789 },
        details: { categories: { Shoes: 32 }, note: '', nested: [1, null, true] },
      });
      const { history } = await given([run]);
      expect(await history.lastRun('job', 'nightly')).toEqual(run);
    });

    it('changes nothing when a run is recorded again', async () => {
      const run = aRun({ start: '2026-11-21T02:00:00Z' });
      const { history } = await given([run, aFailedRun({ start: '2026-11-21T02:00:00Z' })]);
      expect(await collect(history.recentRuns({ days: 1 }))).toEqual([run]);
    });

    it('keeps two runs of one moment apart by their id', async () => {
      const start = '2026-11-21T02:00:00Z';
      const { history } = await given([aRun({ start, id: 'a' }), aRun({ start, id: 'b' })]);
      expect((await history.lastRun('job', 'nightly'))?.id).toBe('b');
      expect(await collect(history.recentRuns({ days: 1 }))).toHaveLength(2);
    });

    it('knows the newest run of a kind at a target, in whatever order they arrived', async () => {
      const { history } = await given([
        aRun({ start: '2026-11-20T02:00:00Z' }),
        aRun({ start: '2026-11-21T02:00:00Z' }),
        aRun({ start: '2026-11-19T02:00:00Z' }),
        aRun({ start: '2026-11-21T03:00:00Z', target: 'weekly' }),
        aRun({ start: '2026-11-21T03:00:00Z', kind: 'batch' }),
      ]);
      expect(starts([(await history.lastRun('job', 'nightly'))!])).toEqual(['11-21T02:00']);
      expect(await history.lastRun('job', 'unheard-of')).toBeUndefined();
    });

    it('gives the kept runs of a kind at a target, the newest first', async () => {
      const { history } = await given([
        aRun({ start: '2026-11-20T02:00:00Z' }),
        aRun({ start: '2026-11-21T02:00:00Z' }),
        aRun({ start: '2026-11-01T02:00:00Z' }),
        aRun({ start: '2026-11-21T03:00:00Z', target: 'weekly' }),
      ]);
      expect(starts(await collect(history.newestRuns('job', 'nightly')))).toEqual(['11-21T02:00', '11-20T02:00']);
      expect(await collect(history.newestRuns('job', 'unheard-of'))).toEqual([]);
    });

    it.each([
      ['the start is part of it', '2026-11-20T02:00:00Z', '2026-11-20T03:00:00Z', ['11-20T02:00']],
      ['the end is not', '2026-11-20T01:00:00Z', '2026-11-20T02:00:00Z', []],
      ['it may span days', '2026-11-20T02:00:00Z', '2026-11-21T02:00:00.001Z', ['11-20T02:00', '11-21T02:00']],
      ['an empty one holds nothing', '2026-11-20T02:00:00Z', '2026-11-20T02:00:00Z', []],
      ['one that ends before it starts holds nothing', '2026-11-21T02:00:00Z', '2026-11-20T02:00:00Z', []],
    ])('lists the runs of a range, oldest first: %s', async (_, from, to, expected) => {
      const { history } = await given(['2026-11-21T02:00:00Z', '2026-11-20T02:00:00Z'].map((start) => aRun({ start })));
      const found = await collect(history.runsBetween('job', 'nightly', Date.parse(from), Date.parse(to)));
      expect(starts(found)).toEqual(expected);
    });

    it('lists recent runs of all batch jobs, newest first, across midnight and to the millisecond', async () => {
      const { history } = await given([
        aRun({ start: '2026-11-19T11:59:59.999Z' }),
        aRun({ start: '2026-11-19T12:00:00Z', target: 'weekly' }),
        aRun({ start: '2026-11-19T23:59:59.999Z' }),
        aRun({ start: '2026-11-20T00:00:00Z', target: 'hourly' }),
        aRun({ start: '2026-11-21T12:00:00Z' }),
        aRun({ start: '2026-11-21T11:00:00Z', kind: 'health', target: 'classifier' }),
      ]);
      const found = await collect(history.recentRuns({ days: 2 }));
      expect(starts(found)).toEqual(['11-21T12:00', '11-20T00:00', '11-19T23:59', '11-19T12:00']);
      expect(new Set(found.map((run) => run.target))).toEqual(new Set(['nightly', 'hourly', 'weekly']));
    });

    it('lists failed runs of all kinds, newest first, and no others', async () => {
      const { history } = await given([
        aFailedRun({ start: '2026-11-20T02:00:00Z' }),
        aFailedRun({ start: '2026-11-21T02:10:00Z', kind: 'health', target: 'classifier' }),
        aFailedRun({ start: '2026-11-21T02:05:00Z' }),
        aFailedRun({ start: '2026-11-21T02:15:00Z', kind: 'disk', target: 'results' }),
        aRun({ start: '2026-11-21T02:20:00Z' }),
        aRun({ start: '2026-11-21T02:25:00Z', kind: 'health', outcome: 'incomplete' }),
      ]);
      const found = await collect(history.failedRuns({ days: 7 }));
      expect(found.map((run) => `${run.kind} ${starts([run])}`)).toEqual([
        'disk 11-21T02:15',
        'health 11-21T02:10',
        'job 11-21T02:05',
        'job 11-20T02:00',
      ]);
    });

    it('reads on over as many pages as the answer takes', async () => {
      const hours = Array.from({ length: 23 }, (_, hour) => `2026-11-20T${String(hour).padStart(2, '0')}:00:00Z`);
      const { history } = await given(hours.map((start) => aFailedRun({ start })));
      const expected = starts(hours.map((start) => aRun({ start })));
      expect(starts(await collect(history.failedRuns({ days: 3 })))).toEqual([...expected].reverse());
      expect(starts(await collect(history.recentRuns({ days: 3 })))).toEqual([...expected].reverse());
      const all = history.runsBetween('job', 'nightly', Date.parse('2026-11-20'), Date.parse('2026-11-21'));
      expect(starts(await collect(all))).toEqual(expected);
    });

    it('no longer shows a run once its retention is over', async () => {
      const start = '2026-11-06T12:00:00Z';
      const { history, clock } = await given([aFailedRun({ start })]);
      const shown = async () => [
        ...(await collect(history.recentRuns({ days: 90 }))),
        ...(await collect(history.failedRuns({ days: 90 }))),
        ...(await collect(history.runsBetween('job', 'nightly', 0, clock.now()))),
        ...[await history.lastRun('job', 'nightly')].filter((run) => run !== undefined),
      ];
      clock.set('2026-11-21T11:59:59.999Z');
      expect(await shown()).toHaveLength(4);
      clock.set('2026-11-21T12:00:00Z');
      expect(await shown()).toEqual([]);
    });
  });
}
