import { describe, expect, it } from 'vitest';
import { backoffSeconds, maxAttempts } from '../../core/delivery/backoff.ts';
import { receivesFor, visibilityFor } from '../../lib/retry-limits.ts';

const sixHours = 6 * 3600;

describe('how long a queue keeps trying', () => {
  it.each([
    { timeout: 3, receives: 361 },
    { timeout: 30, receives: 121 },
    { timeout: 60, receives: 61 },
    { timeout: 600, receives: 40 },
  ])('takes $receives receives for a function of $timeout s: over six hours, whichever way it fails', (row) => {
    const visibility = visibilityFor(row.timeout);
    const waits = Array.from({ length: receivesFor(visibility) - 1 }, (_, i) => i + 1);
    expect(receivesFor(visibility)).toBe(row.receives);
    // One that backs off waits longer and longer; one that crashes waits for the visibility timeout.
    expect(waits.map(backoffSeconds).reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(sixHours);
    expect(waits.length * visibility).toBeGreaterThanOrEqual(sixHours);
  });

  it.each([3, 60, 900])('never takes a message from a consumer of %i s that has attempts left', (timeout) => {
    expect(receivesFor(visibilityFor(timeout))).toBeGreaterThan(maxAttempts);
    expect(receivesFor(visibilityFor(timeout))).toBeLessThanOrEqual(1000);
  });
});
