import * as z from 'zod';
import { batchRun } from './batch-run.ts';

/** The event for the router that a batch run was recorded for the first time. Event rules match it. */
export const batchRunRecorded = z.strictObject({ type: z.literal('batch-run'), run: batchRun });

export type BatchRunRecorded = z.output<typeof batchRunRecorded>;
