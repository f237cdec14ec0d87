import { describe, expect, it } from 'vitest';
import type { ChannelPauses } from '../../core/delivery/channel-pauses.ts';

const noon = Date.parse('2026-11-21T12:00:00Z');

/** What every store of pauses does, whatever it keeps them in. */
export function channelPausesContract(make: () => ChannelPauses | Promise<ChannelPauses>): void {
  describe('a store of pauses', () => {
    it('knows of none before the first', async () => {
      expect(await (await make()).pausedUntil('ml-alerts')).toBeUndefined();
    });

    it('keeps a pause for its channel alone', async () => {
      const pauses = await make();
      await pauses.pause('ml-alerts', noon);
      expect(await pauses.pausedUntil('ml-alerts')).toBe(noon);
      expect(await pauses.pausedUntil('ml-team')).toBeUndefined();
    });

    it.each([
      ['a longer one replaces it', 1000],
      ['a shorter one does not', -1000],
    ])('keeps the longest: %s', async (_, difference) => {
      const pauses = await make();
      await pauses.pause('ml-alerts', noon);
      await pauses.pause('ml-alerts', noon + difference);
      expect(await pauses.pausedUntil('ml-alerts')).toBe(noon + Math.max(0, difference));
    });
  });
}
