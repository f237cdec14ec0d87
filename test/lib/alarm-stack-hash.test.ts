import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmStackOf } from '../../lib/alarm-stack-hash.ts';

const counts = fc.integer({ min: 1, max: 49 });

describe('the stack of a target', () => {
  it('is one of those that there are', () => {
    fc.assert(
      fc.property(fc.string(), counts, (target, count) => {
        const stack = alarmStackOf(target, count);
        expect(Number.isInteger(stack) && stack >= 0 && stack < count).toBe(true);
      }),
    );
  });

  it('stays the same when stacks are added, or becomes the new one', () => {
    fc.assert(
      fc.property(fc.string(), counts, (target, count) => {
        expect([alarmStackOf(target, count), count]).toContain(alarmStackOf(target, count + 1));
      }),
    );
  });

  it.each([2, 3, 5])('fills %i stacks about evenly', (count) => {
    const sizes = Array.from({ length: count }, () => 0);
    for (let i = 0; i < 1000; i++) sizes[alarmStackOf(`service-${i}`, count)]!++;
    for (const size of sizes) expect(Math.abs(size - 1000 / count)).toBeLessThan(80);
  });

  it.each([
    ['classifier', 0],
    ['nightly', 1],
    ['embedder', 2],
  ])('of %s among three is always %i: another answer would move alarms that are deployed', (target, stack) => {
    expect(alarmStackOf(target, 3)).toBe(stack);
  });
});
