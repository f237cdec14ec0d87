import { jobKind, type Run } from '../../core/history/run.ts';

/** A run of a batch job that went well; say what is different. Times are ISO 8601. */
export function aRun({ start, end, ...rest }: { start: string; end?: string } & Partial<Run>): Run {
  const startedAt = Date.parse(start);
  return {
    kind: jobKind,
    target: 'nightly',
    id: `run-${start}`,
    startedAt,
    finishedAt: end ? Date.parse(end) : startedAt + 60_000,
    outcome: 'ok',
    error: undefined,
    measurements: {},
    details: {},
    ...rest,
  };
}

/** A run that failed. */
export const aFailedRun = (run: Parameters<typeof aRun>[0]): Run =>
  aRun({ outcome: 'failed', error: { class: 'batch-failed', message: 'exit code 1' }, ...run });
