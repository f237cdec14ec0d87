import type { MetricRuleOptions, RuleInput, RuleOptions } from '../../core/rules/rule.ts';
import { type Duration, parseDuration } from '../../core/time/duration.ts';
import { ruleBuilder } from './builder.ts';

// Rules on the runs of batch jobs, and on the metrics of the batch check.

/** A run failed. Each failed run sends a notification; the next successful run resolves the incident. High. */
export const batchFailed = (options: RuleOptions = {}): RuleInput => ({
  type: 'event',
  event: 'batch-run-failed',
  id: 'batch-failed',
  tier: 'high',
  explains: ['batch-success-low'],
  summary: 'Batch run failed',
  description: 'Run {{run}} of {{target}} failed: {{error}}',
  actions: [
    "Read the end of the run's log.",
    'Check that its dependencies are reachable, and check disk space and permissions.',
    'Run it again manually; the next successful run resolves this incident.',
  ],
  runbook: 'batch-failed',
  ...options,
});

/** A run succeeded. For information only: no incident. Info. */
export const batchSucceeded = (options: RuleOptions = {}): RuleInput => ({
  type: 'event',
  event: 'batch-run-succeeded',
  id: 'batch-succeeded',
  tier: 'info',
  summary: 'Batch run succeeded',
  description: 'Run {{run}} of {{target}} finished in {{duration}}{{counts}}.',
  runbook: { because: 'no action is required' },
  ...options,
});

const inHours = (text: Duration): number => {
  const seconds = parseDuration(text);
  return seconds === undefined ? (text as never) : seconds / 3600;
};

/** By the age of the last run: the only measure without a schedule. */
const byAge = (hours: number) => ({
  metric: 'HoursSinceLastRun',
  threshold: hours,
  description: 'The last run of {{target}} ended {{value}} hours ago (threshold {{threshold}} hours).',
});

/** How a missing run is detected: by the schedule of the job, or by the age of its last run. */
type Missing =
  | {
      /** How late a scheduled run may end. @default '1 hour' */
      grace?: Duration;
      afterHours?: never;
    }
  | {
      /** For jobs without a schedule: the maximum number of hours since the last run. */
      afterHours?: number;
      grace?: never;
    };

/**
 * A run is missing: the scheduled run has not ended by its usual time plus `grace`. For a job without a schedule, or with
 * `afterHours`: no run has ended for that many hours. High. @default grace: '1 hour', afterHours: 26
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
    'Did its schedule start it? Check the scheduler first, then the job.',
    'Is a run still in progress, stuck, or was it killed before it could report?',
    'Start it manually.',
  ],
  runbook: 'batch-missing',
  ...(afterHours === undefined
    ? {
        metric: 'HoursOverdue',
        // An invalid duration is passed on unchanged, so that the validation of the config reports it.
        threshold: inHours(grace ?? '1 hour'),
        description: 'The scheduled run of {{target}} is {{value}} hours overdue (threshold {{threshold}} hours).',
        ...(grace === undefined ? { instead: byAge(26) } : {}),
      }
    : byAge(afterHours)),
  ...options,
});

/** Too few items of the last run succeeded. High. @default belowPercent: 90 */
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
  description: '{{value}} of the items in the last run of {{target}} succeeded (threshold {{threshold}}).',
  actions: [
    'Group the failed items by error and by category.',
    'Check the quality of the input and the health of the model API.',
  ],
  runbook: 'batch-success-low',
});
