import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../adapters/virtual-clock.ts';
import { observeAll, StartSlots } from '../../../core/checks/observe-all.ts';

/** Observations of a certain duration, counted while they are in progress. */
function counted(clock: VirtualClock, takesMs: number) {
  const seen = { now: 0, most: 0, ended: 0 };
  const observe = async () => {
    seen.most = Math.max(seen.most, ++seen.now);
    await clock.sleep(takesMs);
    seen.now -= 1;
    seen.ended += 1;
  };
  return { seen, observe };
}
const items = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('observations', () => {
  it.each([
    { takesMs: 1, most: 20, endMs: 5, because: 'quick ones share 20 slots' },
    { takesMs: 499, most: 20, endMs: 2495, because: 'a slot is occupied for up to half a second' },
    { takesMs: 5000, most: 100, endMs: 7000, because: 'an observation that waits longer releases its slot' },
  ])('of $takesMs ms: $because', async ({ takesMs, most, endMs }) => {
    const clock = new VirtualClock(0);
    const { seen, observe } = counted(clock, takesMs);
    await clock.until(observeAll(items(100), clock, observe));
    expect(seen).toEqual({ now: 0, most, ended: 100 });
    expect(clock.now()).toBe(endMs);
  });

  it('of several checks share their slots, first come, first served', async () => {
    const clock = new VirtualClock(0);
    const { seen, observe } = counted(clock, 10);
    const slots = new StartSlots();
    await clock.until(Promise.all([0, 1, 2, 3, 4].map(() => observeAll(items(100), clock, observe, slots))));
    expect(seen).toEqual({ now: 0, most: 20, ended: 500 });
  });
});
