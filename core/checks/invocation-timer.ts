import type { Clock } from '../time/clock.ts';
import { reserveSeconds } from './budget.ts';

/** How often an invocation publishes its values and detects observations that take too long. */
const tickMs = 2000;

/** The time that an invocation has for observing targets. */
export interface Timer {
  readonly over: boolean;
  /** Resolves shortly after a time, or when the budget is used up. Never resolves if the timer is stopped before. */
  after(moment: number): Promise<void>;
  stop(): void;
}

/**
 * Ticks every two seconds until it is stopped or the budget is used up: a tenth of the time before the deadline, at most
 * five seconds. It sleeps in short steps, because a sleep cannot be cancelled, and a sleep until the deadline would outlive
 * the invocation.
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
