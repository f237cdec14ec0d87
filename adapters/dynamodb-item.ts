import * as z from 'zod';
import type { Item, Key } from './dynamodb-table.ts';

/** An item that does not match its schema. Another program wrote it, or a version of Tocsin with another schema. */
export class CorruptItemError extends Error {
  override readonly name = 'CorruptItemError';
}

/** Key, index and expiry attributes of an item, in addition to its value. */
export type Attributes = Key & Record<string, unknown>;

/** A value as an item: its fields in their wire format, so that people can read them in the console. */
export const toItem = <S extends z.ZodObject>(schema: S, value: z.output<S>, attributes: Attributes): Item => ({
  ...attributes,
  ...(z.encode(schema, value) as Record<string, unknown>),
});

/** The value of an item. @throws {CorruptItemError} with the key of the item and its problems */
export function fromItem<S extends z.ZodObject>(schema: S, item: Item): z.output<S> {
  const fields = Object.fromEntries(Object.entries(item).filter(([name]) => name in schema.shape));
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  throw new CorruptItemError(
    `the item pk=${item.pk} sk=${item.sk} is invalid; fix or delete it:\n${z.prettifyError(parsed.error)}`,
  );
}
