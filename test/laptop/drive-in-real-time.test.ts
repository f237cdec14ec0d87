import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SystemClock } from '../../adapters/system-clock.ts';
import { driveInRealTime } from '../../laptop/drive-in-real-time.ts';
import { nextTick, type ScheduledTask } from '../../laptop/scheduled-task.ts';

const start = Date.parse('2026-11-21T12:00:00Z');
beforeEach(() => {
  vi.useFakeTimers({ now: start });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Runs tasks for some seconds of the fake clock, then stops them. */
async function drive(tasks: readonly ScheduledTask[], seconds: number) {
  const stop = new AbortController();
  const errors: string[] = [];
  const over = driveInRealTime(tasks, new SystemClock(), stop.signal, (work, error) =>
    errors.push(`${work.name}: ${error}`),
  );
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  stop.abort();
  return { over, errors };
}

/** ScheduledTask that is due every ten seconds, and what it did: the second of its tick and the second of its beginning. */
function everyTen(name: string, takes: (run: number) => number, overlaps = false) {
  const runs: { tick: number; began: number }[] = [];
  const work: ScheduledTask = {
    name,
    overlaps,
    next: (after) => nextTick(after, 10),
    run: async (at) => {
      runs.push({ tick: (at - start) / 1000, began: (Date.now() - start) / 1000 });
      await new Promise((resolve) => setTimeout(resolve, takes(runs.length) * 1000));
    },
  };
  return { work, runs };
}

describe('work on the real clock', () => {
  it('runs at each tick', async () => {
    const { work, runs } = everyTen('quick', () => 0);
    await drive([work], 35);
    expect(runs).toEqual([10, 20, 30].map((second) => ({ tick: second, began: second })));
  });

  it('that takes longer than its interval skips the ticks it missed, and never overlaps', async () => {
    const { work, runs } = everyTen('slow', (run) => (run === 1 ? 25 : 0));
    await drive([work], 55);
    expect(runs.map(({ tick }) => tick)).toEqual([10, 40, 50]);
  });

  it('that may overlap begins at every tick', async () => {
    const { work, runs } = everyTen('check', () => 25, true);
    await drive([work], 35);
    expect(runs.map(({ began }) => began)).toEqual([10, 20, 30]);
  });

  it('that is slow keeps no other waiting', async () => {
    const slow = everyTen('slow', () => 600);
    const quick = everyTen('quick', () => 0);
    await drive([slow.work, quick.work], 35);
    expect(quick.runs.map(({ began }) => began)).toEqual([10, 20, 30]);
  });

  it('that fails is reported, runs again at its next turn, and stops nobody', async () => {
    const failing: ScheduledTask = {
      name: 'failing',
      next: (after) => nextTick(after, 10),
      run: () => Promise.reject(new Error('no disk')),
    };
    const quick = everyTen('quick', () => 0);
    const { errors } = await drive([failing, quick.work], 25);
    expect(errors).toEqual(['failing: Error: no disk', 'failing: Error: no disk']);
    expect(quick.runs).toHaveLength(2);
  });

  it('that has nothing to do is asked again soon', async () => {
    let due: number | undefined;
    const runs: number[] = [];
    const idle: ScheduledTask = {
      name: 'idle',
      next: () => due,
      run: async (at) => {
        runs.push(at);
        due = undefined;
      },
    };
    const stop = new AbortController();
    void driveInRealTime([idle], new SystemClock(), stop.signal, () => {});
    await vi.advanceTimersByTimeAsync(10_000);
    due = start + 10_500;
    await vi.advanceTimersByTimeAsync(1000);
    stop.abort();
    expect(runs).toEqual([start + 10_500]);
  });

  it('that is under way when it is stopped is ended first', async () => {
    const { work } = everyTen('slow', () => 5);
    const { over } = await drive([work], 12);
    let ended = false;
    void over.then(() => {
      ended = true;
    });
    await vi.advanceTimersByTimeAsync(2000);
    expect(ended).toBe(false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(ended).toBe(true);
  });

  it('goes on from the new time when the clock is set back by an hour, and says so once', async () => {
    const { work, runs } = everyTen('check', () => 0);
    const stop = new AbortController();
    const setBack: number[] = [];
    const other = everyTen('other', () => 0);
    void driveInRealTime(
      [work, other.work],
      new SystemClock(),
      stop.signal,
      () => {},
      (byMs) => setBack.push(byMs),
    );
    await vi.advanceTimersByTimeAsync(25_000);
    vi.setSystemTime(start + 25_000 - 3_600_000);
    await vi.advanceTimersByTimeAsync(20_000);
    stop.abort();
    expect(runs.map(({ began }) => began)).toEqual([10, 20, -3560]);
    expect(setBack.map((ms) => Math.round(ms / 60_000))).toEqual([60]);
  });

  it('skips to the new time when the clock is set forward while it sleeps', async () => {
    const hourly: number[] = [];
    const work: ScheduledTask = {
      name: 'hourly',
      next: (after) => nextTick(after, 3600),
      run: async (at) => void hourly.push(at),
    };
    const stop = new AbortController();
    void driveInRealTime([work], new SystemClock(), stop.signal, () => {});
    await vi.advanceTimersByTimeAsync(5000);
    vi.setSystemTime(start + 3_600_000);
    await vi.advanceTimersByTimeAsync(20_000);
    stop.abort();
    expect(hourly).toEqual([start + 3_600_000]);
  });

  it('that is due in 30 days sleeps until then and does not spin', async () => {
    const asked: number[] = [];
    const work: ScheduledTask = {
      name: 'monthly',
      next: (after) => {
        asked.push(after);
        return nextTick(after, 30 * 86_400);
      },
      run: async () => {},
    };
    await drive([work], 3600);
    expect(asked.length).toBeLessThanOrEqual(3600 / 10 + 1);
  });
});
