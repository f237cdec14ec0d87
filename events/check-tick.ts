import * as z from 'zod';
import { count, nonEmptyText, ordinal } from './fields.ts';
import { instant } from './instant.ts';

/**
 * The input of a check function from its schedule: the targets to observe (by check, interval and shard; the targets are in
 * the document) and the scheduled time. Every metric and run of the invocation has the timestamp `scheduledAt`.
 */
export const checkTick = z.object({
  check: nonEmptyText,
  everySeconds: ordinal,
  shard: count,
  scheduledAt: instant,
});

export type CheckTick = z.output<typeof checkTick>;
