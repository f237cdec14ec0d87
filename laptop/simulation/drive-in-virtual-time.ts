import type { VirtualClock } from '../../adapters/virtual-clock.ts';
import type { ScheduledTask } from '../scheduled-task.ts';

/** More event loop turns than any task needs that does not wait for time. */
const maxTurns = 10_000;

/**
 * Runs tasks on a virtual clock until a time, as fast as possible: the earliest first, and in the order of the list if several
 * are due at the same time. Each task runs until it ends or sleeps on the clock, so the result is deterministic.
 */
export async function driveInVirtualTime(
  tasks: readonly ScheduledTask[],
  clock: VirtualClock,
  until: number,
  onError: (task: ScheduledTask, error: unknown) => void,
): Promise<void> {
  const lastRun = new Map(tasks.map((task) => [task, clock.now() - 1]));
  const busy = new Set<ScheduledTask>();
  const nextOf = (task: ScheduledTask) => (busy.has(task) ? undefined : task.next(lastRun.get(task)!));

  for (;;) {
    const moments = [clock.nextWakeAt, ...tasks.map(nextOf)].filter((moment) => moment !== undefined);
    if (moments.length === 0) return;
    const moment = Math.max(clock.now(), Math.min(...moments));
    if (moment > until) return;
    await clock.advanceTo(moment);
    for (const task of tasks) {
      const next = nextOf(task);
      if (next === undefined || next > moment) continue;
      lastRun.set(task, moment);
      busy.add(task);
      const sleeping = clock.sleeping;
      task
        .run(moment)
        .catch((error: unknown) => onError(task, error))
        .finally(() => busy.delete(task));
      for (let turns = 0; turns === 0 || (busy.has(task) && clock.sleeping <= sleeping && turns < maxTurns); turns++)
        await clock.atRest();
    }
  }
}
