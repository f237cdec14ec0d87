import * as z from 'zod';
import type { Metric } from '../metrics/metric.ts';
import { duration } from '../time/duration.ts';
import { checkKind } from './check-kind.ts';

const batchMetrics = [
  {
    name: 'HoursSinceLastRun',
    prometheus: 'tocsin_batch_hours_since_last_run',
    unit: 'Count',
    of: 'batch',
    range: { min: 0 },
    definition: 'Hours since the last run of the batch job ended, with any outcome.',
    calculation:
      'Now minus the end of the last run or, for a job that has never run, minus the time at which the job was first observed.',
    refresh: 'every run of the batch check',
    benchmark: 'below 26 for a nightly job',
    source: { check: 'batch' },
  },
  {
    name: 'HoursOverdue',
    prometheus: 'tocsin_batch_hours_overdue',
    unit: 'Count',
    of: 'batch',
    range: { min: 0 },
    definition: 'Hours since the scheduled run of the job should have ended; 0 if no run is outstanding.',
    calculation:
      'Counted from the first scheduled time without a run, plus the duration of a run: the `maxDuration` of the job, or the longest of its last ten successful runs.',
    refresh: 'every run of the batch check',
    benchmark: '0',
    source: { check: 'batch' },
  },
  {
    name: 'BatchSuccessPercent',
    prometheus: 'tocsin_batch_success_percent',
    unit: 'Percent',
    of: 'batch',
    range: { min: 0, max: 100 },
    definition: 'Share of items that succeeded in the last run.',
    calculation:
      'successful / total × 100 of the last run. For a run without counts: 100 if it succeeded, 0 if it failed. No value before the first run.',
    refresh: 'every run of the batch check',
    benchmark: 'above 95',
    source: { check: 'batch' },
  },
  {
    name: 'BatchRunFailed',
    prometheus: 'tocsin_batch_run_failed',
    unit: 'Count',
    perEvent: true,
    of: 'batch',
    yesOrNo: true,
    range: { min: 0, max: 1 },
    definition: 'Whether a finished run failed: 1 or 0. For dashboards; notifications come from the event rule.',
    calculation: 'One value per reported run, at the time of its end.',
    refresh: 'every reported run',
    benchmark: '0',
    source: { check: 'batch' },
  },
] as const satisfies Metric[];

/** Reads the last run of a batch job from the execution history. */
export const batchCheck = checkKind({
  name: 'batch',
  targets: 'batch',
  metrics: batchMetrics,
  settings: z.strictObject({
    check: z.literal('batch'),
    /** The interval of the check. @default 5 minutes */
    every: duration.prefault('5 minutes'),
  }),
  lacks: (metric, target) => {
    const hasSchedule = target.schedule !== undefined;
    if (metric === 'HoursOverdue' && !hasSchedule)
      return "is measured only for jobs with a schedule; add schedule: '0 2 * * *', or write batchMissing({ afterHours: 26 })";
    // Each metric is billed. For a job with a schedule, this one is measured only if a rule uses it.
    const isUsed = target.rules.some((rule) => rule.metric === metric);
    return metric === 'HoursSinceLastRun' && hasSchedule && !isUsed ? 'is measured only if a rule uses it' : undefined;
  },
});

/** Checks a batch job's last run. @example checks: [batchRuns({ every: '1 minute' })] @default every: '5 minutes' */
export const batchRuns = (options: Partial<Omit<z.input<typeof batchCheck.settings>, 'check'>> = {}) => ({
  check: 'batch' as const,
  ...options,
});
