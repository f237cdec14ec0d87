import * as z from 'zod';
import type { Metric } from '../metrics/metric.ts';
import { ruleBuilder } from '../rules/builders/builder.ts';
import type { MetricRuleOptions, RuleInput, RuleOptions } from '../rules/rule.ts';
import { type Duration, duration, parseDuration } from '../time/duration.ts';
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
  settings: z.strictObject({ check: z.literal('batch'), every: duration }),
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
  every: '5 minutes' as const,
  ...options,
});

/** A run failed. Each failed run notifies, the next success resolves. High. */
export const batchFailed = (options: RuleOptions = {}): RuleInput => ({
  type: 'event',
  event: 'batch-run-failed',
  id: 'batch-failed',
  tier: 'high',
  explains: ['batch-success-low'],
  summary: 'Batch run failed',
  description: 'Run {{run}} of {{target}} failed: {{error}}',
  actions: [
    "Read the run's log around its end.",
    'Check that what it calls can be reached, and its disk space and permissions.',
    'Run it again by hand; the next success resolves this incident.',
  ],
  runbook: 'batch-failed',
  ...options,
});

/** News: a run succeeded. Info. */
export const batchSucceeded = (options: RuleOptions = {}): RuleInput => ({
  type: 'event',
  event: 'batch-run-succeeded',
  id: 'batch-succeeded',
  tier: 'info',
  summary: 'Batch run succeeded',
  description: 'Run {{run}} of {{target}} finished in {{duration}}{{counts}}.',
  runbook: { because: 'nothing is to be done' },
  ...options,
});

const inHours = (text: Duration): number => {
  const seconds = parseDuration(text);
  return seconds === undefined ? (text as never) : seconds / 3600;
};

/** By the age of the last run: what is left to go by without a schedule. */
const byAge = (hours: number) => ({
  metric: 'HoursSinceLastRun',
  threshold: hours,
  description: 'The last run of {{target}} ended {{value}} hours ago; the limit is {{threshold}}.',
});

/** How a missing run is noticed: by the schedule of the job, or by the age of its last run. */
type Missing =
  | {
      /** How late the run that the schedule asks for may end. @default '1 hour' */
      grace?: Duration;
      afterHours?: never;
    }
  | {
      /** For jobs without a schedule: how many hours the last run may be over. */
      afterHours?: number;
      grace?: never;
    };

/**
 * A run is missing: the one that the job's schedule asks for has not ended by its usual time plus `grace`. Of a job without
 * a schedule, or with `afterHours`: no run for so many hours. High. @default grace: '1 hour', afterHours: 26
 * @example batchMissing({ grace: '30 minutes' })
 */
export const batchMissing = ({ grace, afterHours, ...options }: MetricRuleOptions & Missing = {}): RuleInput => ({
  type: 'metric',
  id: 'batch-missing',
  tier: 'high',
  statistic: 'Maximum',
  comparison: 'above',
  for: '5 minutes',
  missingData: 'missing',
  remindEvery: '12 hours',
  summary: 'Batch run missing',
  actions: [
    'Did its schedule fire? Look at the scheduler, not at the job.',
    'Is a run still going, hanging, or killed before it could report?',
    'Start it by hand.',
  ],
  runbook: 'batch-missing',
  ...(afterHours === undefined
    ? {
        metric: 'HoursOverdue',
        // What is no duration goes on as it is, so that the validation of the config names it.
        threshold: inHours(grace ?? '1 hour'),
        description:
          'The run of {{target}} that its schedule asks for is {{value}} hours late; {{threshold}} are allowed.',
        ...(grace === undefined ? { instead: byAge(26) } : {}),
      }
    : byAge(afterHours)),
  ...options,
});

/** The last run processed too few of its items. High. @default belowPercent: 90 */
export const batchSuccessLow = ruleBuilder('belowPercent', {
  id: 'batch-success-low',
  tier: 'high',
  metric: 'BatchSuccessPercent',
  statistic: 'Minimum',
  comparison: 'below',
  threshold: 90,
  for: '5 minutes',
  missingData: 'missing',
  remindEvery: '12 hours',
  summary: 'Batch success rate low',
  description: '{{value}} of the items of the last run of {{target}} succeeded, {{threshold}} is the limit.',
  actions: [
    'Group the failed items by error and by category.',
    'Check the quality of the input and the health of the model.',
  ],
  runbook: 'batch-success-low',
});
