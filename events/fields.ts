import * as z from 'zod';

// The schemas of fields that many messages and items have. To create a schema takes time at every cold start, therefore each
// of these is created once.

/** Any text. */
export const text = z.string();

/** Any text, or none. */
export const optionalText = text.optional();

/** A name or an id. */
export const nonEmptyText = text.min(1);

/** A whole number from zero. */
export const count = z.number().int().nonnegative();

/** A count, or none. */
export const optionalCount = count.optional();

/** A whole number from one. */
export const ordinal = z.number().int().positive();
