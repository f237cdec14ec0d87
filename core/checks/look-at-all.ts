import type { Clock } from '../time/clock.ts';
import { patienceSeconds, startedTogether } from './budget.ts';

/** Places for looks that are being begun, first come, first served. Shared, they bound what several checks begin together. */
export class Places {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  /** @param count how many there are. @default 20 */
  constructor(count: number = startedTogether) {
    this.#free = count;
  }

  /** Resolves when a place is taken; who takes one gives it back. */
  async take(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((admit) => void this.#waiting.push(admit));
  }

  give(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}

/**
 * Looks at all items, a few at a time, so that our own queue is not measured as theirs. A look that takes longer than
 * half a second lets the next one begin: it only waits, and a target that hangs must not keep others from being seen.
 * Resolves when the last look has ended. `look` must not throw.
 */
export async function lookAtAll<Item>(
  items: readonly Item[],
  clock: Clock,
  look: (item: Item) => Promise<void>,
  places: Places = new Places(),
): Promise<void> {
  const looks: Promise<void>[] = [];
  for (const item of items) {
    await places.take();
    const looked = look(item);
    looks.push(looked);
    void Promise.race([looked, clock.sleep(patienceSeconds * 1000)]).then(() => places.give());
  }
  await Promise.all(looks);
}
