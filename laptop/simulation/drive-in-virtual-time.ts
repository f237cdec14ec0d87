import type { VirtualClock } from '../../adapters/virtual-clock.ts';
import type { Work } from '../scheduled-task.ts';

/** More turns than any piece of work takes that does not wait for time. */
const patience = 10_000;

/**
 * Plays work on a virtual clock until a moment, as fast as the machine can: always the earliest next, in the order of the
 * list when several are due at one moment. A piece of work is left alone when it is over or sleeps on the clock, so the
 * same work gives the same story, every time.
 */
export async function driveVirtually(
  works: readonly Work[],
  clock: VirtualClock,
  until: number,
  onError: (work: Work, error: unknown) => void,
): Promise<void> {
  const lastRun = new Map(works.map((work) => [work, clock.now() - 1]));
  const busy = new Set<Work>();
  const nextOf = (work: Work) => (busy.has(work) ? undefined : work.next(lastRun.get(work)!));

  for (;;) {
    const moments = [clock.nextWakeAt, ...works.map(nextOf)].filter((moment) => moment !== undefined);
    if (moments.length === 0) return;
    const moment = Math.max(clock.now(), Math.min(...moments));
    if (moment > until) return;
    await clock.advanceTo(moment);
    for (const work of works) {
      const next = nextOf(work);
      if (next === undefined || next > moment) continue;
      lastRun.set(work, moment);
      busy.add(work);
      const sleeping = clock.sleeping;
      work
        .run(moment)
        .catch((error: unknown) => onError(work, error))
        .finally(() => busy.delete(work));
      for (let turns = 0; turns === 0 || (busy.has(work) && clock.sleeping <= sleeping && turns < patience); turns++)
        await clock.atRest();
    }
  }
}
