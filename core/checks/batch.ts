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
    definition: 'Hours since the batch job last finished a run, whatever its outcome.',
    calculation:
      'Now minus the later of the last run and the moment the job was first seen, so that a job that never ran ages too.',
    refresh: 'every run of the batch check',
    benchmark: 'under 26 for a nightly job',
    source: { check: 'batch' },
  },
  {
    name: 'HoursOverdue',
    prometheus: 'tocsin_batch_hours_overdue',
    unit: 'Count',
    of: 'batch',
    range: { min: 0 },
    definition: "Hours since the run that the job's schedule asks for should have ended; 0 while none is outstanding.",
    calculation:
      'Counts from the first scheduled time without a run, plus how long a run takes: the `maxDuration` of the job, or the longest of its last ten successful runs.',
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
    definition: 'Share of items that the last run with counts processed successfully.',
    calculation:
      'successful / total of the last run × 100; without counts 100 or 0 by its outcome; no value before the first run.',
    refresh: 'every run of the batch check',
    benchmark: 'over 95',
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
    definition: 'Whether a finished run failed: 1 or 0. For dashboards; people hear of it through the event rule.',
    calculation: 'One value per reported run, stamped with its end.',
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
  settings: z.strictObject({ check: z.literal('batch'), every: duration.prefault('5 minutes') }),
  lacks: (metric, target) => {
    const hasSchedule = target.schedule !== undefined;
    if (metric === 'HoursOverdue' && !hasSchedule)
      return "is measured of jobs with a schedule; add schedule: '0 2 * * *', or write batchMissing({ afterHours: 26 })";
    // Each metric is billed: the age of a job whose schedule is followed is one only where a rule reads it.
    const isRead = target.rules.some((rule) => rule.metric === metric);
    return metric === 'HoursSinceLastRun' && hasSchedule && !isRead ? 'is measured where a rule reads it' : undefined;
  },
});

/** Checks a batch job's last run. @default every: '5 minutes' */
export const batchRuns = (options: Partial<Omit<z.input<typeof batchCheck.settings>, 'check'>> = {}) => ({
  check: 'batch' as const,
  ...options,
});
