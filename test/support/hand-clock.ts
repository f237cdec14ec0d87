import type { Clock } from '../../core/time/clock.ts';

/** A clock that a test moves by hand. */
export interface HandClock extends Clock {
  set(moment: string): void;
  advance(ms: number): void;
}

/** @param moment ISO 8601 */
export function handClock(moment: string): HandClock {
  let now = Date.parse(moment);
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
    set: (to) => {
      now = Date.parse(to);
    },
    advance: (ms) => {
      now += ms;
    },
  };
}
