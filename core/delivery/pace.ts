import type { Clock } from '../time/clock.ts';

/** How many invocations of one notifier run at a time: the fewest that Lambda polls a queue with. */
export const notifiersAtOnce = 2;

/**
 * Spaces the messages to one address: each call resolves when it is that address's turn. Addresses do not wait for each
 * other.
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
