import { describe, expect, it } from 'vitest';
import { receivesFor, visibilityFor } from '../../lib/patience.ts';

const hours = (seconds: number) => seconds / 3600;

describe('how long a queue keeps trying', () => {
  it.each([3, 30, 55, 60, 600])(
    'is six hours at the least for a function of %i s, whichever way it fails',
    (timeout) => {
      const visibility = visibilityFor(timeout);
      const waits = receivesFor(visibility) - 1;
      const backingOff = Array.from({ length: waits }, (_, i) => Math.min(2 ** i, 15) * 60).reduce((a, b) => a + b, 0);
      expect(hours(backingOff)).toBeGreaterThanOrEqual(6);
      expect(hours(waits * visibility)).toBeGreaterThanOrEqual(6);
    },
  );

  it.each([
    { timeout: 3, receives: 361 },
    { timeout: 30, receives: 121 },
    { timeout: 60, receives: 61 },
    { timeout: 600, receives: 28 },
  ])('takes $receives receives for a function of $timeout s', ({ timeout, receives }) => {
    expect(receivesFor(visibilityFor(timeout))).toBe(receives);
  });
});
