import type { Clock } from '../core/time/clock.ts';
import type { Work } from './work.ts';

/**
 * Does work on a clock that goes by itself until it is stopped: a loop for each piece, so that a slow one keeps no other waiting. What
 * fails is reported and runs again at its next turn; ticks that were missed are skipped. Resolves when all that was under
 * way has ended.
 */
export async function driveReally(
  works: readonly Work[],
  clock: Clock,
  stop: AbortSignal,
  onError: (work: Work, error: unknown) => void,
): Promise<void> {
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
      for (let last = clock.now(); !stop.aborted; ) {
        const next = work.next(Math.max(last, clock.now() - 1));
        await clock.sleep(next === undefined ? idleMs : Math.max(0, next - clock.now()), stop);
        if (stop.aborted) break;
        if (next === undefined) continue;
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
