import * as z from 'zod';
import { tier } from '../../events/tier.ts';
import { becauseSchema } from '../definition/because.ts';
import { withoutCredentials } from '../definition/http-url.ts';
import { duration } from '../time/duration.ts';
import { accepts } from './accepts.ts';

/** How a value breaches: below, at or below, above, at or above the threshold. */
export const comparisons = ['below', 'atOrBelow', 'above', 'atOrAbove'] as const;
export type Comparison = (typeof comparisons)[number];

/** What a missing datapoint means: unknown, no change, a breach, no breach. CloudWatch's `TreatMissingData`. */
export const missingDataPolicies = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
export type MissingData = (typeof missingDataPolicies)[number];

const ruleId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not a rule id; use lower case words joined by hyphens');

/** The fields that every rule has. */
const common = {
  /** The id of the rule, unique on a target. It is the last part of the alarm name, and the default name of the runbook. */
  id: ruleId,
  /** The id that the rule had before, so that a rename keeps the open incident. */
  formerly: ruleId.optional(),
  /** The severity: critical, high, medium or info. It decides the channels and the look of messages. */
  tier,
  /** The names of the channels to notify. @default the channels that `routes` gives to the tier */
  channels: z.array(z.string()).min(1, 'has no channel').optional(),
  /** What is wrong, in a few words. Messages put the target before it. Placeholders: `{{target}}`, `{{value}}`, `{{threshold}}`, `{{for}}`. */
  summary: z.string().min(1),
  /** One or two sentences, with the same placeholders. */
  description: z.string(),
  /** What to do, step by step. */
  actions: z.array(z.string().min(1)).default([]),
  /** The lint findings that are intended: the code of each, with the reason. @default none */
  accepts: accepts.optional(),
  /** The ids of rules of the same target that do not notify while the incident of this rule is open. @default none */
  inhibits: z.array(ruleId).default([]),
  /**
   * The ids of rules whose alarms are a consequence of this one: a service that is down is also slow. If the target has
   * them and their tier is not more severe, they are inhibited too. @default the list of the builder
   */
  explains: z.array(ruleId).default([]),
  /** The team or person who is responsible for the rule. The runbook page shows it. */
  owner: z.string().min(1).optional(),
  /** The runbook page: a file name under the config's `runbooks`, a URL, or `because('…')` with the reason why there is none. */
  runbook: z.union(
    [withoutCredentials(z.string().min(1), 'contains credentials in plain text; remove them'), becauseSchema],
    {
      error: "has no runbook; name one or write because('…')",
    },
  ),
};

/** A condition on a metric over a duration. It is plain data: it becomes an alarm, a runbook page and an input of the simulator. */
export const metricRule = z.strictObject({
  ...common,
  type: z.literal('metric'),
  /** The CloudWatch name of the metric: of the catalogue, or declared under `metrics`. */
  metric: z.string().min(1),
  /** The statistic of each period: Minimum, Maximum, Average, Sum, SampleCount, or a percentile such as p95. */
  statistic: z.union([
    z.enum(['Minimum', 'Maximum', 'Average', 'Sum', 'SampleCount']),
    z.string().regex(/^p\d{1,2}(\.\d+)?$/),
  ]),
  /** How a value breaches: below, atOrBelow, above or atOrAbove the threshold. */
  comparison: z.enum(comparisons),
  /** In the metric's unit. */
  threshold: z.number(),
  /** The metric to use on a target whose check does not measure `metric`, such as a job without a schedule. @default none: an error */
  instead: z.strictObject({ metric: z.string().min(1), threshold: z.number(), description: z.string() }).optional(),
  /** How long the condition must hold. Rounded up to whole periods. */
  for: duration,
  /** The length of a datapoint. @default one minute, or the refresh interval of the metric if that is longer */
  period: duration.optional(),
  /** How many of the datapoints within `for` must breach (M of N). @default all */
  datapointsToAlarm: z.number().int().positive().optional(),
  /** How a period without values is treated, as CloudWatch's TreatMissingData: missing, ignore, breaching or notBreaching. */
  missingData: z.enum(missingDataPolicies),
  /**
   * Percentiles only: what CloudWatch does if the newest period has too few samples (p99 needs 1000, p95 needs 200):
   * evaluate them, or leave the alarm state unchanged. @default evaluate
   */
  fewSamples: z.enum(['evaluate', 'ignore']).default('evaluate'),
  /** How long the incident stays open after the alarm has recovered, so that a flapping alarm is one incident. @default zero */
  keepFiringFor: duration.optional(),
  /** The interval between reminders while the incident is open. @default one hour */
  remindEvery: z.union([duration, z.literal('never')]).default(3600),
});

/** A rule on an event, which needs no alarm: a batch run failed or succeeded. */
export const eventRule = z.strictObject({
  ...common,
  type: z.literal('event'),
  /** The event to wait for. */
  event: z.enum(['batch-run-failed', 'batch-run-succeeded']),
  /** The interval between reminders. @default never: each failed run notifies */
  remindEvery: z.union([duration, z.literal('never')]).default('never'),
});

export const rule = z.discriminatedUnion('type', [metricRule, eventRule]);

/** A rule as a user writes it, with durations as text. */
export type RuleInput = z.input<typeof rule>;
/** A validated rule: durations in seconds, defaults filled in. */
export type MetricRule = Omit<z.output<typeof metricRule>, 'explains' | 'instead'> & { period: number };
export type EventRule = Omit<z.output<typeof eventRule>, 'explains'>;
export type Rule = MetricRule | EventRule;

/** The options that every builder of a rule takes. */
export interface RuleOptions
  extends Partial<
    Pick<
      RuleInput,
      | 'id'
      | 'tier'
      | 'channels'
      | 'actions'
      | 'runbook'
      | 'remindEvery'
      | 'formerly'
      | 'accepts'
      | 'owner'
      | 'inhibits'
      | 'explains'
    >
  > {}

/** The options that every builder of a metric rule takes in addition. */
export interface MetricRuleOptions
  extends RuleOptions,
    Partial<
      Pick<
        z.input<typeof metricRule>,
        'for' | 'period' | 'statistic' | 'datapointsToAlarm' | 'missingData' | 'fewSamples' | 'keepFiringFor'
      >
    > {}
