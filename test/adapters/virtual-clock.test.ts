import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../adapters/virtual-clock.ts';

describe('VirtualClock', () => {
  it('wakes sleepers at their own moments, in order, and those that they set going in between', async () => {
    const clock = new VirtualClock(1000);
    const woke: string[] = [];
    const sleeper = async (name: string, ms: number, then?: () => void) => {
      await clock.sleep(ms);
      woke.push(`${name} at ${clock.now()}`);
      then?.();
    };
    void sleeper('late', 300);
    void sleeper('early', 100, () => void sleeper('child', 150));
    void sleeper('early too', 100);

    await clock.advance(299);
    expect(woke).toEqual(['early at 1100', 'early too at 1100', 'child at 1250']);
    expect(clock.now()).toBe(1299);
    expect(clock.nextWakeAt).toBe(1300);

    await clock.advanceTo(1300);
    expect(woke.at(-1)).toBe('late at 1300');
  });

  it('moves as far as some work needs, and no further', async () => {
    const clock = new VirtualClock(0);
    const work = async () => {
      await clock.sleep(60_000);
      await clock.sleep(60_000);
      return 'done';
    };
    expect(await clock.until(work())).toBe('done');
    expect(clock.now()).toBe(120_000);
  });

  it('says so when the work waits for something that is not time', async () => {
    await expect(new VirtualClock(0).until(new Promise(() => {}))).rejects.toThrow(
      'no sleeper is waiting on this clock',
    );
  });
});
