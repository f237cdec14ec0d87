import type { Clock } from '../core/time/clock.ts';
import type { Work } from './scheduled-task.ts';

/**
 * Does work on a clock that goes by itself until it is stopped: a loop for each piece, so that a slow one keeps no other waiting. What
 * fails is reported and runs again at its next turn; ticks that were missed are skipped. Resolves when all that was under
 * way has ended.
 *
 * When the clock is set back, work goes on from the new time rather than wait until the old one comes again.
 * @param onSetBack told once for each time that the clock was set back by more than a minute, with how far in milliseconds
 */
export async function driveReally(
  works: readonly Work[],
  clock: Clock,
  stop: AbortSignal,
  onError: (work: Work, error: unknown) => void,
  onSetBack: (byMs: number) => void = () => {},
): Promise<void> {
  let newest = clock.now();
  const observeClock = (now: number) => {
    const back = newest - now;
    if (back > reportedMs) onSetBack(back);
    if (back > reportedMs || back < 0) newest = now;
  };
  const underWay = new Set<Promise<void>>();
  const start = (work: Work, at: number) => {
    const run = work
      .run(at)
      .catch((error: unknown) => onError(work, error))
      .finally(() => underWay.delete(run));
    underWay.add(run);
    return run;
  };
  await Promise.all(
    works.map(async (work) => {
      for (let last = clock.now(), seen = last; !stop.aborted; ) {
        const now = clock.now();
        observeClock(now);
        if (now < seen - steppedMs) last = now;
        seen = now;
        const next = work.next(Math.max(last, now - 1));
        await clock.sleep(next === undefined ? idleMs : Math.min(Math.max(0, next - now), longestSleepMs), stop);
        if (stop.aborted) break;
        if (next === undefined || clock.now() < next) continue;
        const run = start(work, next);
        if (!work.overlaps) await run;
        last = next;
      }
    }),
  );
  await Promise.all(underWay);
}

/** How long a piece of work that has nothing to do is left alone, in milliseconds. */
const idleMs = 250;

/** The clock is looked at again after this, in milliseconds: it may have been set, or the machine may have slept. */
const longestSleepMs = 10_000;

/** A clock that goes back by less is corrected by a time server, and its ticks are not done twice. */
const steppedMs = 1000;

/** A clock that was set back by more is reported. */
const reportedMs = 60_000;
