import * as z from 'zod';
import { instant } from './instant.ts';

/**
 * The input of a check function from its schedule: the targets to observe (by check, interval and shard; the targets are in
 * the document) and the scheduled time. Every metric and run of the invocation has the timestamp `scheduledAt`.
 */
export const checkTick = z.object({
  check: z.string().min(1),
  everySeconds: z.number().int().positive(),
  shard: z.number().int().nonnegative(),
  scheduledAt: instant,
});

export type CheckTick = z.output<typeof checkTick>;
