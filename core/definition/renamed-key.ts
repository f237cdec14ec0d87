import * as z from 'zod';

/**
 * A key that has a new name since. It is refused with an error that gives the new name, and types forbid it.
 * @example { notified: z.array(message).optional(), told: renamedKey('notified') }
 */
export const renamedKey = (to: string) =>
  z.custom<never>(() => false, { error: `has a new name: write "${to}"`, params: { hideValue: true } }).optional();
