import type { MetricRuleOptions, RuleInput, RuleOptions } from '../../core/rules/rule.ts';
import { type Duration, parseDuration } from '../../core/time/duration.ts';
import { ruleBuilder } from './builder.ts';

// Rules on the runs of batch jobs, and on what the batch check measures of them.

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
