import { describe, expect, it } from 'vitest';
import type { BatchLedger, ExecutionHistory } from '../../core/history/execution-history.ts';
import { aFailedRun, aRun } from './a-run.ts';
import { collect } from './collect.ts';
import { type HandClock, handClock } from './hand-clock.ts';

type Store = BatchLedger & ExecutionHistory;
type Make = (options: { clock: HandClock; retentionDays: number }) => Store | Promise<Store>;

/** What every batch ledger does, whatever it keeps its runs in. */
export function batchLedgerContract(make: Make): void {
  const given = async () => {
    const clock = handClock('2026-11-21T12:00:00Z');
    return { clock, ledger: await make({ clock, retentionDays: 15 }) };
  };
  const run = aFailedRun({ start: '2026-11-21T02:00:00Z' });

  describe('a batch ledger', () => {
    it('has the event of a run as pending until it is settled, however often the run is reported', async () => {
      const { ledger } = await given();
      expect(await ledger.recordPending(run)).toBe(true);
      expect(await ledger.recordPending(run)).toBe(true);
      await ledger.settle(run);
      expect(await ledger.recordPending(run)).toBe(false);
      await ledger.settle(run);
      expect(await ledger.recordPending(run)).toBe(false);
    });

    it('keeps a reported run in the history as it was reported first', async () => {
      const { ledger } = await given();
      await ledger.recordPending(run);
      await ledger.recordPending({ ...run, outcome: 'ok', error: undefined });
      await ledger.settle(run);
      expect(await collect(ledger.failedRuns({ days: 1 }))).toEqual([run]);
    });

    it('settling what was never recorded leaves no trace', async () => {
      const { ledger } = await given();
      await ledger.settle(run);
      expect(await ledger.lastRun('job', 'nightly')).toBeUndefined();
      expect(await ledger.recordPending(run)).toBe(true);
    });

    it('remembers when a job was first seen', async () => {
      const { ledger } = await given();
      expect(await ledger.jobState('nightly', 1000)).toEqual({ firstSeenAt: 1000, lastRun: undefined });
      expect(await ledger.jobState('nightly', 2000)).toEqual({ firstSeenAt: 1000, lastRun: undefined });
      expect(await ledger.jobState('weekly', 3000)).toEqual({ firstSeenAt: 3000, lastRun: undefined });
    });

    it('counts a job that reports before the first check as observed at the first check', async () => {
      const { ledger } = await given();
      await ledger.recordPending(run);
      expect(await ledger.jobState('nightly', 5000)).toEqual({ firstSeenAt: 5000, lastRun: run });
      expect(await ledger.jobState('nightly', 6000)).toEqual({ firstSeenAt: 5000, lastRun: run });
    });

    const monday = aRun({ start: '2026-11-16T02:00:00Z' });
    const tuesday = aRun({ start: '2026-11-17T02:00:00Z' });
    const long = aRun({ start: '2026-11-16T03:00:00Z', end: '2026-11-17T09:00:00Z' });

    it.each([
      ['in order', [monday, tuesday], tuesday],
      ['late', [tuesday, monday], tuesday],
      ['twice', [monday, tuesday, monday], tuesday],
      ['of a run that ended last but started first', [long, tuesday], long],
    ])('moves the last run only forward: reports %s', async (_, reports, last) => {
      const { ledger } = await given();
      for (const report of reports) await ledger.recordPending(report);
      expect((await ledger.jobState('nightly', 1)).lastRun).toEqual(last);
    });

    it('remembers the last run past the retention of the history', async () => {
      const { ledger, clock } = await given();
      await ledger.recordPending(run);
      clock.set('2027-03-01T00:00:00Z');
      expect(await ledger.lastRun('job', 'nightly')).toBeUndefined();
      expect((await ledger.jobState('nightly', clock.now())).lastRun).toEqual(run);
    });
  });
}
