import * as z from 'zod';
import type { BatchRun } from '../../events/batch-run.ts';
import { type CheckResult, checkResult } from '../../events/check-result.ts';
import { nonEmptyText } from '../../events/fields.ts';
import { instant } from '../../events/instant.ts';
import { clipStart } from '../delivery/clean-text.ts';

/** The kind of the runs of batch jobs. The kind of a run of a check is the check's name. */
export const jobKind = 'job';

/** One execution of a check for a target, or of a batch job, in the execution history. */
export const run = z.strictObject({
  /** The check's name (`health`, `batch`, `disk`) or {@link jobKind}. */
  kind: nonEmptyText,
  /** The target's name. */
  target: nonEmptyText,
  /** Unique together with kind, target and start. */
  id: nonEmptyText,
  startedAt: instant,
  finishedAt: instant,
  outcome: checkResult.shape.outcome,
  error: checkResult.shape.error,
  measurements: checkResult.shape.measurements,
  details: checkResult.shape.details,
});

export type Run = z.output<typeof run>;

/** The result of a check as a run. The scheduled time identifies it, so that a repeated invocation overwrites it. */
export const runOfCheck = (result: CheckResult): Run => ({
  kind: result.check,
  target: result.target.name,
  id: result.check,
  startedAt: result.scheduledAt,
  finishedAt: result.finishedAt,
  outcome: result.outcome,
  error: result.error,
  measurements: result.measurements,
  details: result.details,
});

/**
 * A reported batch run as a run.
 * @param notes the defects of the report
 */
export const runOfBatch = (reported: BatchRun, notes: readonly string[] = []): Run => ({
  kind: jobKind,
  target: reported.job,
  id: reported.runId,
  startedAt: reported.startedAt,
  finishedAt: reported.finishedAt,
  outcome: reported.outcome === 'succeeded' ? 'ok' : 'failed',
  error:
    reported.outcome === 'failed'
      ? { class: 'batch-failed', message: clipStart(reported.error ?? 'no reason was reported', 2000) }
      : undefined,
  measurements: present({ total: reported.total, successful: reported.successful, failed: reported.failed }),
  details: {
    ...present({ exitCode: reported.exitCode }),
    ...(reported.categories && { categories: reported.categories }),
    ...(notes.length > 0 && { notes: [...notes] }),
  },
});

const present = (values: Record<string, number | undefined>): Record<string, number> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== undefined));
