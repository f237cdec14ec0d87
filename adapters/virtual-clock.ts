import type { Clock } from '../core/time/clock.ts';

interface Sleeper {
  at: number;
  wake: () => void;
}

/**
 * A clock that moves only on request. Sleepers wake in the order of their times (for equal times, in the order of the calls),
 * each at its own time. All work that a sleeper starts is completed before the next one wakes.
 */
export class VirtualClock implements Clock {
  /** Resolves when every promise that needs no time has been resolved. Takes no time of any clock. */
  readonly atRest: () => Promise<void>;
  #now: number;
  #sleepers: Sleeper[] = [];

  /** @param atRest for work that does real I/O: resolves when none is in progress. @default a turn of the event loop */
  constructor(now: number, atRest: () => Promise<void> = turn) {
    this.#now = now;
    this.atRest = atRest;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      const at = this.#now + Math.max(0, ms);
      const after = this.#sleepers.findIndex((other) => other.at > at);
      this.#sleepers.splice(after === -1 ? this.#sleepers.length : after, 0, { at, wake });
    });
  }

  /** When the next sleeper wakes. Undefined if there are no sleepers. */
  get nextWakeAt(): number | undefined {
    return this.#sleepers[0]?.at;
  }

  /** The number of sleepers. */
  get sleeping(): number {
    return this.#sleepers.length;
  }

  /** Moves to a time, and wakes all sleepers that are due until then. */
  async advanceTo(moment: number): Promise<void> {
    await this.atRest();
    for (let next = this.#sleepers[0]; next && next.at <= moment; next = this.#sleepers[0]) {
      this.#sleepers.shift();
      this.#now = next.at;
      next.wake();
      await this.atRest();
    }
    this.#now = Math.max(this.#now, moment);
  }

  /** Moves on by some milliseconds. */
  advance(ms: number): Promise<void> {
    return this.advanceTo(this.#now + ms);
  }

  /**
   * Moves from sleeper to sleeper until the work is done, and returns what came of it.
   * @throws when the work waits for something that is not this clock
   */
  async until<T>(work: Promise<T>): Promise<T> {
    let over = false;
    const end = () => {
      over = true;
    };
    work.then(end, end);
    for (await this.atRest(); !over; await this.atRest()) {
      if (this.nextWakeAt === undefined)
        throw new Error(
          'The work has not ended and no sleeper is waiting on this clock; work on a virtual clock may only wait for its time.',
        );
      await this.advanceTo(this.nextWakeAt);
    }
    return work;
  }
}

/** One turn of the event loop: whatever waits for memory only has gone on after it. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
