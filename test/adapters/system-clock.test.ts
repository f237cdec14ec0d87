import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SystemClock } from '../../adapters/system-clock.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

const day = 86_400_000;

it.each([0, 1, 20, 30, 90])('sleeps for %i days, though a timer of Node takes 24 at most', async (days) => {
  let awokenAt: number | undefined;
  void new SystemClock().sleep(days * day).then(() => {
    awokenAt = Date.now();
  });
  await vi.advanceTimersByTimeAsync(100 * day);
  expect(awokenAt).toBe(days * day);
});

it('wakes as soon as it is stopped, however long it sleeps', async () => {
  const stop = new AbortController();
  let awokenAt: number | undefined;
  void new SystemClock().sleep(90 * day, stop.signal).then(() => {
    awokenAt = Date.now();
  });
  await vi.advanceTimersByTimeAsync(40 * day);
  stop.abort();
  await vi.advanceTimersByTimeAsync(0);
  expect(awokenAt).toBe(40 * day);
});
