import * as z from 'zod';
import { tier } from '../../events/tier.ts';
import { becauseSchema } from '../definition/because.ts';
import { withoutCredentials } from '../definition/http-url.ts';
import { duration } from '../time/duration.ts';
import { lintCodes } from './lint-codes.ts';

/** How a value breaches: below, at or below, above, at or above the threshold. */
export const comparisons = ['below', 'atOrBelow', 'above', 'atOrAbove'] as const;
export type Comparison = (typeof comparisons)[number];

/** What a missing datapoint means: unknown, no change, a breach, no breach. CloudWatch's `TreatMissingData`. */
export const missingDataPolicies = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
export type MissingData = (typeof missingDataPolicies)[number];

const ruleId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not a rule id; use lower case words joined by hyphens');

/** What every rule says, whatever it waits for. */
const common = {
  /** Its id, unique on a target; the last part of the alarm's name and the name of its runbook. */
  id: ruleId,
  /** The id it had before, so that a rename keeps the open incident. */
  formerly: ruleId.optional(),
  tier,
  /** Channels by name. @default the routes of its tier */
  channels: z.array(z.string()).min(1, 'has no channel').optional(),
  /** What is wrong, in few words; messages put the target before it. Placeholders: `{{target}}`, `{{value}}`, `{{threshold}}`, `{{for}}`. */
  summary: z.string().min(1),
  /** One or two sentences, with the same placeholders. */
  description: z.string(),
  /** What to do, step by step. */
  actions: z.array(z.string().min(1)).default([]),
  /** Findings of the lint that are meant so, by code, each with the reason. @default none */
  accepts: z.partialRecord(z.enum(lintCodes), z.string().min(1, 'gives no reason')).optional(),
  /** Rules of the same target that say nothing while this one's incident is open, by id. @default none */
  inhibits: z.array(ruleId).default([]),
  /**
   * Rules that follow from this one, by id: a service that is down is slow as well. Where the target has them, and none is
   * of a worse tier, they are inhibited too. @default what the builder knows to follow
   */
  explains: z.array(ruleId).default([]),
  /** Who looks after it: a team or a person, told on its runbook page. */
  owner: z.string().min(1).optional(),
  /** The page that says more: a file name under the config's `runbooks`, a URL, or why there is none. */
  runbook: z.union(
    [withoutCredentials(z.string().min(1), 'contains credentials in plain text; remove them'), becauseSchema],
    {
      error: "has no runbook; name one or write because('…')",
    },
  ),
};

/** A condition on a metric over a duration. Plain data: it becomes an alarm, a runbook page, an input of the simulator. */
export const metricRule = z.strictObject({
  ...common,
  type: z.literal('metric'),
  metric: z.string().min(1),
  statistic: z.union([
    z.enum(['Minimum', 'Maximum', 'Average', 'Sum', 'SampleCount']),
    z.string().regex(/^p\d{1,2}(\.\d+)?$/),
  ]),
  comparison: z.enum(comparisons),
  /** In the metric's unit. */
  threshold: z.number(),
  /** What it reads on a target whose check does not measure its metric: a job without a schedule. @default nothing: an error */
  instead: z.strictObject({ metric: z.string().min(1), threshold: z.number(), description: z.string() }).optional(),
  /** How long it must be true; rounded up to whole periods. */
  for: duration,
  /** The length of a datapoint. @default one minute, or as long as it takes until the metric has a new value */
  period: duration.optional(),
  /** How many datapoints of those in `for` must breach. @default all */
  datapointsToAlarm: z.number().int().positive().optional(),
  missingData: z.enum(missingDataPolicies),
  /**
   * Percentiles only: what CloudWatch does while the newest period has too few samples for one (p99 takes 1000, p95 200):
   * evaluate it all the same, or leave the alarm as it is. @default evaluate
   */
  fewSamples: z.enum(['evaluate', 'ignore']).default('evaluate'),
  /** How long the incident stays open after the alarm has recovered, so that a flapping alarm is one incident. @default not at all */
  keepFiringFor: duration.optional(),
  /** Say it again after this long while it lasts. @default one hour */
  remindEvery: z.union([duration, z.literal('never')]).default(3600),
});

/** A rule on news: something happened, and no alarm is needed to know it. */
export const eventRule = z.strictObject({
  ...common,
  type: z.literal('event'),
  /** The news that it waits for. */
  event: z.enum(['batch-run-failed', 'batch-run-succeeded']),
  /** @default never: each failed run speaks for itself */
  remindEvery: z.union([duration, z.literal('never')]).default('never'),
});

export const rule = z.discriminatedUnion('type', [metricRule, eventRule]);

/** A rule as a user writes it, durations in words. */
export type RuleInput = z.input<typeof rule>;
/** A rule behind the door: durations in seconds, and what was left to a default decided. */
export type MetricRule = Omit<z.output<typeof metricRule>, 'explains' | 'instead'> & { period: number };
export type EventRule = Omit<z.output<typeof eventRule>, 'explains'>;
export type Rule = MetricRule | EventRule;

/** What any builder lets a user change. */
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

/** What any builder of a rule on a metric lets a user change besides. */
export interface MetricRuleOptions
  extends RuleOptions,
    Partial<
      Pick<
        z.input<typeof metricRule>,
        'for' | 'period' | 'statistic' | 'datapointsToAlarm' | 'missingData' | 'fewSamples' | 'keepFiringFor'
      >
    > {}
