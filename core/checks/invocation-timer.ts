import type { Clock } from '../time/clock.ts';
import { reserveSeconds } from './budget.ts';

/** How often an invocation passes on what it has gathered, and finds looks that take too long. */
const tickMs = 2000;

/** The time that an invocation has for looking. */
export interface Timer {
  readonly over: boolean;
  /** Resolves soon after a moment, or when the time is up; never, when the timer is stopped before. */
  after(moment: number): Promise<void>;
  stop(): void;
}

/**
 * Ticks every two seconds until it is stopped or the time is up: a tenth of it before the deadline, five seconds at most.
 * It sleeps in short steps, since a clock's sleep cannot be called off, and one to the deadline would outlive the
 * invocation.
 */
export function startTimer(clock: Clock, deadlineAt: number, onTick: () => void): Timer {
  const startedAt = clock.now();
  const endsAt = deadlineAt - Math.min(reserveSeconds * 1000, Math.max(0, deadlineAt - startedAt) / 10);
  let over = endsAt <= startedAt;
  let stopped = false;
  let waiting: { moment: number; wake: () => void }[] = [];
  const wakeDue = () => {
    const now = clock.now();
    for (const { moment, wake } of waiting) if (over || moment <= now) wake();
    waiting = waiting.filter(({ moment }) => !over && moment > now);
  };
  const run = async () => {
    while (!over && !stopped) {
      await clock.sleep(Math.min(tickMs, endsAt - clock.now()));
      if (stopped) return;
      onTick();
      over = clock.now() >= endsAt;
      wakeDue();
    }
  };
  void run();
  return {
    get over() {
      return over;
    },
    after: (moment) => (over ? Promise.resolve() : new Promise((wake) => void waiting.push({ moment, wake }))),
    stop: () => {
      stopped = true;
    },
  };
}
