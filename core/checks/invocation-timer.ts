import type { Clock } from '../time/clock.ts';

/** How often an invocation passes on what it has gathered. */
const tickMs = 2000;
/** Time kept back at the end for recording what could not be finished: a tenth of what there is, this much at most. */
const longestReserveMs = 5000;

/** The time that an invocation has for looking. */
export interface Timer {
  /** Resolves when the time is up; never, when it is stopped before. */
  readonly ended: Promise<void>;
  readonly over: boolean;
  stop(): void;
}

/**
 * Ticks every two seconds until it is stopped or the time is up. It sleeps in short steps, since a clock's sleep cannot
 * be called off, and one to the deadline would outlive the invocation.
 */
export function startTimer(clock: Clock, deadlineAt: number, onTick: () => void): Timer {
  const startedAt = clock.now();
  const endsAt = deadlineAt - Math.min(longestReserveMs, Math.max(0, deadlineAt - startedAt) / 10);
  const { promise: ended, resolve: end } = withResolvers();
  let over = endsAt <= startedAt;
  let stopped = false;
  const run = async () => {
    while (!over && !stopped) {
      await clock.sleep(Math.min(tickMs, endsAt - clock.now()));
      if (stopped) return;
      onTick();
      over = clock.now() >= endsAt;
    }
    if (over) end();
  };
  void run();
  return {
    ended,
    get over() {
      return over;
    },
    stop: () => {
      stopped = true;
    },
  };
}

function withResolvers() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
