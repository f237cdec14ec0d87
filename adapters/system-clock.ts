import type { Clock } from '../core/time/clock.ts';

/** The longest delay of a Node timer, in milliseconds. A longer one would fire immediately. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's clock. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  async sleep(ms: number, stop?: AbortSignal): Promise<void> {
    for (let left = ms; ; left -= longestTimerMs) {
      await this.#timer(Math.min(left, longestTimerMs), stop);
      if (left <= longestTimerMs || stop?.aborted) return;
    }
  }

  #timer(ms: number, stop?: AbortSignal): Promise<void> {
    if (stop?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        stop?.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      stop?.addEventListener('abort', wake);
    });
  }
}
