import * as z from 'zod';
import { optionalCount, text } from './fields.ts';
import { instant } from './instant.ts';

/** The EventBridge source and detail type under which batch runs arrive on the pipeline's bus. */
export const batchRunSource = 'tocsin.batch';
export const batchRunDetailType = 'Batch Run Finished';

/**
 * A finished run of a batch job, as reported by the job or by `tocsin batch run`. Send it to the pipeline's event bus with
 * the source {@link batchRunSource} and the detail type {@link batchRunDetailType}. Counts are optional.
 */
export const batchRun = z.strictObject({
  /** The name of the batch job in the config. */
  job: z.string().min(1).max(100),
  /** Unique for each run of this job. Reporting a run twice has no effect. */
  runId: z.string().min(1).max(100),
  startedAt: instant,
  finishedAt: instant,
  outcome: z.enum(['succeeded', 'failed']),
  /** The error message for people. Only the last 2,000 characters are stored. */
  error: z.string().max(20_000).optional(),
  exitCode: z.number().int().optional(),
  total: optionalCount,
  successful: optionalCount,
  failed: optionalCount,
  categories: z.record(text, z.number().nonnegative()).optional(),
});

export type BatchRun = z.output<typeof batchRun>;

/** The EventBridge envelope of a {@link batchRun}. Received events are parsed more leniently: see core/history/read-report.ts. */
export const batchRunEvent = z.object({
  id: text,
  source: z.literal(batchRunSource),
  'detail-type': z.literal(batchRunDetailType),
  detail: batchRun,
});
