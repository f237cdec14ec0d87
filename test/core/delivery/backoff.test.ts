import { describe, expect, it } from 'vitest';
import { backoffSeconds, longestWaitSeconds, maxAttempts } from '../../../core/delivery/backoff.ts';

describe('backoffSeconds', () => {
  it.each([
    { receives: 1, seconds: 10 },
    { receives: 2, seconds: 30 },
    { receives: 3, seconds: 60 },
    { receives: 4, seconds: 120 },
    { receives: 6, seconds: 480 },
    { receives: 7, seconds: 900 },
    { receives: 29, seconds: 900 },
  ])('waits $seconds seconds after receive $receives', ({ receives, seconds }) => {
    expect(backoffSeconds(receives)).toBe(seconds);
  });

  it('outlasts a channel that is down for six hours before the attempts are used up', () => {
    const waits = Array.from({ length: maxAttempts - 1 }, (_, i) => backoffSeconds(i + 1));
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(6 * 3600);
  });

  it('never asks a queue to hide a message longer than it can', () => {
    expect(longestWaitSeconds).toBeLessThan(12 * 3600);
  });
});
