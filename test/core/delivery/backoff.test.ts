import { describe, expect, it } from 'vitest';
import { backoffSeconds, longestWaitSeconds, maxAttempts } from '../../../core/delivery/backoff.ts';

describe('backoffSeconds', () => {
  it.each([
    { receives: 1, minutes: 1 },
    { receives: 2, minutes: 2 },
    { receives: 3, minutes: 4 },
    { receives: 4, minutes: 8 },
    { receives: 5, minutes: 15 },
    { receives: 29, minutes: 15 },
  ])('waits $minutes minutes after receive $receives', ({ receives, minutes }) => {
    expect(backoffSeconds(receives)).toBe(minutes * 60);
  });

  it('outlasts a channel that is down for six hours before the attempts are used up', () => {
    const waits = Array.from({ length: maxAttempts - 1 }, (_, i) => backoffSeconds(i + 1));
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(6 * 3600);
  });

  it('never asks a queue to hide a message longer than it can', () => {
    expect(longestWaitSeconds).toBeLessThan(12 * 3600);
  });
});
