import type { Clock } from '../time/clock.ts';

/** The maximum concurrency of one notifier: the minimum that Lambda allows for a queue. */
export const notifiersAtOnce = 2;

/**
 * Limits the rate of messages to one address: each call resolves when the next message may be sent. Addresses are
 * independent of each other.
 * @param spacingMs time between two messages to one address, in milliseconds
 */
export function pacer(clock: Clock, spacingMs: number): (address: string) => Promise<void> {
  const nextSlot = new Map<string, number>();
  return async (address) => {
    const now = clock.now();
    const slot = Math.max(now, nextSlot.get(address) ?? now);
    nextSlot.set(address, slot + spacingMs);
    if (slot > now) await clock.sleep(slot - now);
  };
}
