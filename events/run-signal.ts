import * as z from 'zod';
import { batchRun } from './batch-run.ts';

/**
 * The message from the ingest function to the router: a batch run was recorded for the first time. Event rules may wait for
 * it. Its `type` distinguishes it from an alarm's change of state, which has none.
 */
export const runSignal = z.strictObject({ type: z.literal('batch-run'), run: batchRun });

export type RunSignal = z.output<typeof runSignal>;
