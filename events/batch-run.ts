import * as z from 'zod';
import { instant } from './instant.ts';

/** The EventBridge source and detail type under which batch runs arrive on the pipeline's bus. */
export const batchRunSource = 'tocsin.batch';
export const batchRunDetailType = 'Batch Run Finished';

/**
 * A finished run of a batch job, as the job (or `tocsin batch run`) reports it. Put it on the pipeline's event bus with
 * source {@link batchRunSource} and detail type {@link batchRunDetailType}. Counts are optional: a job that only knows
 * whether it succeeded may leave them out.
 */
export const batchRun = z.strictObject({
  /** The name of the batch job in the config. */
  job: z.string().min(1).max(100),
  /** Unique for this run of this job: reporting the same run twice is one run. */
  runId: z.string().min(1).max(100),
  startedAt: instant,
  finishedAt: instant,
  outcome: z.enum(['succeeded', 'failed']),
  /** What went wrong, for people. Of a longer one the last 2,000 characters are kept. */
  error: z.string().max(20_000).optional(),
  exitCode: z.number().int().optional(),
  total: z.number().int().nonnegative().optional(),
  successful: z.number().int().nonnegative().optional(),
  failed: z.number().int().nonnegative().optional(),
  categories: z.record(z.string(), z.number().nonnegative()).optional(),
});

export type BatchRun = z.output<typeof batchRun>;

/** The envelope that EventBridge puts around a {@link batchRun}. What really arrives is read with more patience: core/history/read-report.ts. */
export const batchRunEvent = z.object({
  id: z.string(),
  source: z.literal(batchRunSource),
  'detail-type': z.literal(batchRunDetailType),
  detail: batchRun,
});
