import type { VirtualClock } from '../adapters/virtual-clock.ts';
import type { Work } from './work.ts';

/** Resolves when nothing can go on without time. In memory one turn of the event loop is enough. */
const atRest = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Plays work on a virtual clock until a moment, as fast as the machine can: always the earliest next, in the order of the
 * list when several are due at one moment. The same work gives the same story, every time.
 */
export async function driveVirtually(
  works: readonly Work[],
  clock: VirtualClock,
  until: number,
  options: { onError: (work: Work, error: unknown) => void; settled?: () => Promise<void> },
): Promise<void> {
  const { onError, settled = atRest } = options;
  const lastRun = new Map(works.map((work) => [work, clock.now() - 1]));
  const busy = new Set<Work>();
  const nextOf = (work: Work) => (busy.has(work) ? undefined : work.next(lastRun.get(work)!));

  for (;;) {
    const moments = [clock.nextWakeAt, ...works.map(nextOf)].filter((moment) => moment !== undefined);
    if (moments.length === 0) return;
    const moment = Math.max(clock.now(), Math.min(...moments));
    if (moment > until) return;
    await clock.advanceTo(moment);
    await settled();
    for (const work of works) {
      const next = nextOf(work);
      if (next === undefined || next > moment) continue;
      lastRun.set(work, moment);
      busy.add(work);
      work
        .run(moment)
        .catch((error: unknown) => onError(work, error))
        .finally(() => busy.delete(work));
      await settled();
    }
  }
}
