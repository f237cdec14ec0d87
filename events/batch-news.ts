import * as z from 'zod';
import { batchRun } from './batch-run.ts';

/** News for the router: a batch run was recorded for the first time. An event rule may be waiting for it. */
export const batchNews = z.strictObject({ type: z.literal('batch-run'), run: batchRun });

export type BatchNews = z.output<typeof batchNews>;
