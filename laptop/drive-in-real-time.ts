import type { Clock } from '../core/time/clock.ts';
import type { ScheduledTask } from './scheduled-task.ts';

/**
 * Runs tasks in real time until it is stopped. Each task has its own loop, so that a slow task does not delay the others. A
 * failed task is reported and runs again at its next tick; missed ticks are skipped. Resolves when all running tasks have ended.
 *
 * If the clock is set back, tasks continue from the new time instead of waiting for the old time.
 * @param onSetBack called each time the clock is set back by more than a minute, with the difference in milliseconds
 */
export async function driveInRealTime(
  tasks: readonly ScheduledTask[],
  clock: Clock,
  stop: AbortSignal,
  onError: (task: ScheduledTask, error: unknown) => void,
  onSetBack: (byMs: number) => void = () => {},
): Promise<void> {
  let newest = clock.now();
  const observeClock = (now: number) => {
    const back = newest - now;
    if (back > reportedMs) onSetBack(back);
    if (back > reportedMs || back < 0) newest = now;
  };
  const running = new Set<Promise<void>>();
  const start = (task: ScheduledTask, at: number) => {
    const run = task
      .run(at)
      .catch((error: unknown) => onError(task, error))
      .finally(() => running.delete(run));
    running.add(run);
    return run;
  };
  await Promise.all(
    tasks.map(async (task) => {
      for (let last = clock.now(), seen = last; !stop.aborted; ) {
        const now = clock.now();
        observeClock(now);
        if (now < seen - steppedMs) last = now;
        seen = now;
        const next = task.next(Math.max(last, now - 1));
        await clock.sleep(next === undefined ? idleMs : Math.min(Math.max(0, next - now), longestSleepMs), stop);
        if (stop.aborted) break;
        if (next === undefined || clock.now() < next) continue;
        const run = start(task, next);
        if (!task.overlaps) await run;
        last = next;
      }
    }),
  );
  await Promise.all(running);
}

/** How often a task that has nothing to do is polled, in milliseconds. */
const idleMs = 250;

/** The clock is read at least this often, in milliseconds: it may have been set, or the machine may have been suspended. */
const longestSleepMs = 10_000;

/** A smaller step back is a correction by a time server, in milliseconds; ticks are not repeated. */
const steppedMs = 1000;

/** A larger step back is reported, in milliseconds. */
const reportedMs = 60_000;
