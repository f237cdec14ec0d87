import * as z from 'zod';

const renamed = new WeakSet<z.core.$ZodType>();

/**
 * A former key. A value of it is refused with an error that gives the new name, and the type forbids it.
 * @example { notified: z.array(message).optional(), told: renamedKey('notified') }
 */
export function renamedKey(to: string) {
  const schema = z
    .custom<never>(() => false, { error: `has a new name: write "${to}"`, params: { hideValue: true } })
    .optional();
  renamed.add(schema);
  return schema;
}

/** Whether a schema is that of a former key, which is no suggestion for a misspelled one. */
export const isRenamedKey = (schema: z.core.$ZodType): boolean => renamed.has(schema);
