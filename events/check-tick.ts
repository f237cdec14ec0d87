import * as z from 'zod';
import { instant } from './instant.ts';

/**
 * What a schedule tells a check function: which targets to observe (by check, interval and shard, never by name: targets
 * come from the document) and for which moment. Every metric and run of the invocation is stamped with `scheduledAt`.
 */
export const checkTick = z.object({
  check: z.string().min(1),
  everySeconds: z.number().int().positive(),
  shard: z.number().int().nonnegative(),
  scheduledAt: instant,
});

export type CheckTick = z.output<typeof checkTick>;
