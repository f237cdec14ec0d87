import * as z from 'zod';

/** A time in epoch milliseconds. On the wire it is ISO 8601 text (see {@link instant}), which is readable. */
export type Instant = number;

/** Epoch milliseconds in memory, ISO 8601 with offset on the wire. `z.decode` reads it, `z.encode` writes it. */
export const instant = z.codec(z.iso.datetime({ offset: true }), z.number(), {
  decode: (text) => Date.parse(text),
  encode: (ms) => new Date(ms).toISOString(),
});
