import { nextCron } from '../time/zone.ts';

/** When runs of a job are expected: its schedule, its time zone, and the duration of a run. */
export interface Expected {
  schedule: string;
  timeZone: string;
  /** Milliseconds. */
  usualMs: number;
}

/** A run that starts up to this much before its scheduled time counts as the scheduled run, because clocks differ. */
const tolerableMs = 300_000;

/**
 * How long ago the scheduled run should have ended, in milliseconds; 0 if no run is outstanding. A run that started at the
 * scheduled time or later counts, with any outcome: another rule handles failures.
 * @param since the start of the last run, or when the job was first observed
 */
export function overdueMs(
  { schedule, timeZone, usualMs }: Expected,
  since: { ran: number } | { seen: number },
  now: number,
): number {
  const from = 'ran' in since ? since.ran : since.seen;
  const next = nextCron(schedule, timeZone, from);
  if (next === undefined) return 0;
  const second = nextCron(schedule, timeZone, next);
  // A run that started shortly before a scheduled time counts for it. If two times are close together, the nearer one counts.
  const tolerance = Math.min(tolerableMs, ((second ?? Number.POSITIVE_INFINITY) - next) / 2);
  const due = 'ran' in since && next - from < tolerance ? second : next;
  return due === undefined ? 0 : Math.max(0, now - (due + usualMs));
}

/** The usual duration of a run: that of the longest of the last successful runs. */
export const usualMsOf = (runs: readonly { startedAt: number; finishedAt: number }[]): number =>
  Math.max(0, ...runs.map(({ startedAt, finishedAt }) => finishedAt - startedAt));
