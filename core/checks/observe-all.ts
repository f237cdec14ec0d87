import type { Clock } from '../time/clock.ts';
import { maxStarting, startSlotSeconds } from './budget.ts';

/** Slots for observations that are starting, first come, first served. Checks that share them start only so many together. */
export class StartSlots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  /** @param count the number of slots. @default 20 */
  constructor(count: number = maxStarting) {
    this.#free = count;
  }

  /** Resolves when a slot is acquired. The caller must release it. */
  async acquire(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((admit) => void this.#waiting.push(admit));
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}

/**
 * Observes all items. Only a few observations start together, so that a local queue does not count as response time of the
 * targets. An observation that takes longer than half a second releases its slot: it only waits, and a target that hangs
 * must not delay the others. Resolves when the last observation has ended. `observe` must not throw.
 */
export async function observeAll<Item>(
  items: readonly Item[],
  clock: Clock,
  observe: (item: Item) => Promise<void>,
  slots: StartSlots = new StartSlots(),
): Promise<void> {
  const observations: Promise<void>[] = [];
  for (const item of items) {
    await slots.acquire();
    const observation = observe(item);
    observations.push(observation);
    void Promise.race([observation, clock.sleep(startSlotSeconds * 1000)]).then(() => slots.release());
  }
  await Promise.all(observations);
}
