import { SystemClock } from '../../adapters/system-clock.ts';
import type { Clock } from '../../core/time/clock.ts';

/**
 * The machine's clock, but faster: for what must be seen with real connections and takes minutes. It begins in the past, so
 * that what it stamps is never in the future of those who read the machine's own clock.
 */
export class FastClock implements Clock {
  readonly #real = new SystemClock();
  readonly #realBegin = this.#real.now();
  readonly #begin: number;
  readonly #times: number;

  /**
   * @param times how many of its milliseconds pass in a real one
   * @param behindMinutes how far behind the machine's clock it begins
   */
  constructor(times: number, behindMinutes: number) {
    this.#times = times;
    this.#begin = this.#realBegin - behindMinutes * 60_000;
  }

  now(): number {
    return Math.round(this.#begin + (this.#real.now() - this.#realBegin) * this.#times);
  }

  sleep(ms: number, stop?: AbortSignal): Promise<void> {
    return this.#real.sleep(ms / this.#times, stop);
  }
}
