import { nextCron } from '../time/zone.ts';

/** What is expected of a job: its schedule, in its time zone, and how long a run takes. */
export interface Expected {
  schedule: string;
  timeZone: string;
  /** Milliseconds. */
  usualMs: number;
}

/** How much earlier than its scheduled time a run may begin and still be that run: clocks differ. */
const tolerableMs = 300_000;

/**
 * How long ago the run that the schedule asks for should have ended, in milliseconds; 0 while none is outstanding. A
 * scheduled time counts as served by a run that began then or later, whatever came of it: a failure is another rule's.
 * @param since when the last run began, or when the job was first seen
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
  // A run that began a moment before its time is that run; of two times close together it is the nearer.
  const tolerance = Math.min(tolerableMs, ((second ?? Number.POSITIVE_INFINITY) - next) / 2);
  const due = 'ran' in since && next - from < tolerance ? second : next;
  return due === undefined ? 0 : Math.max(0, now - (due + usualMs));
}

/** How long a run takes, judged by the last ones that succeeded: as long as the longest of them. */
export const usualMsOf = (runs: readonly { startedAt: number; finishedAt: number }[]): number =>
  Math.max(0, ...runs.map(({ startedAt, finishedAt }) => finishedAt - startedAt));
