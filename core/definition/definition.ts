import * as z from 'zod';
import { tiers } from '../../events/tier.ts';
import { channelSchemas } from '../channels/kind-of.ts';
import type { ownMetric } from '../metrics/own-metric.ts';
import { duration } from '../time/duration.ts';
import { isTimeZone } from '../time/zone.ts';
import { type Because, becauseSchema } from './because.ts';
import { costSettings } from './cost-settings.ts';
import { withoutCredentials } from './http-url.ts';
import { tags } from './tags.ts';
import type { batchJob, service, volume } from './target-schemas.ts';

/**
 * Where a deployment runs. A laptop may check every few seconds and read its own disks; AWS may not. An emulator of AWS has
 * AWS's limits, and its functions run on this machine, so that they reach what listens on loopback.
 */
export type World = 'aws' | 'emulator' | 'laptop';

export const channel = z.discriminatedUnion('channel', channelSchemas);

/** What may differ from stage to stage. */
export const stage = z.strictObject({
  /** How long runs, closed incidents and receipts are kept, at least 15. @default 90 */
  retentionDays: z
    .number()
    .int()
    .min(
      15,
      'is too short: dead-letter queues keep messages for 14 days, and what was delivered must be remembered longer',
    )
    .default(90),
  /** Other intervals, by check: `{ health: '5 minutes' }`. @default as each target says */
  every: z.record(z.string(), duration).default({}),
  /** Other channels of the same names: other recipients, another webhook. @default as `channels` says */
  channels: z.record(z.string(), channel).default({}),
  /** How many stacks hold the alarms; CloudFormation takes 500 resources a stack. Changing it moves alarms. @default 1 */
  alarmStacks: z.number().int().min(1).max(50).default(1),
  /** Tags beside those of the definition, or in place of them. @default as `tags` says */
  tags: tags.default({}),
  /** Whether CloudFormation refuses to delete the stacks until somebody turns this off. @default false */
  terminationProtection: z.boolean().default(false),
  /**
   * Whether Lambda reserves concurrency for each function, so that a busy account cannot starve it. AWS keeps 100 for the rest of
   * the account and refuses the deploy where so much is not left; new accounts begin with 10. @default false
   */
  reservedConcurrency: z.boolean().default(false),
  /** Another budget than `cost` says, in USD a month. */
  budgetPerMonth: costSettings.shape.budgetPerMonth,
});

/** The parts of a definition that are parsed by themselves, so that one bad part hides no problem of another. */
export const parts = {
  name: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]{0,29}$/,
      'is not a name for a deployment; use up to 30 lower case letters, digits and hyphens',
    ),
  timeZone: z.string().refine(isTimeZone, "is not an IANA time zone; write one like 'Europe/Berlin' or 'UTC'"),
  runbooks: withoutCredentials(z.string().min(1), 'holds credentials in clear; remove them'),
  tags,
  operators: z.union(
    [z.array(z.email({ error: 'is not an email address' })).min(1, 'has no addresses'), becauseSchema],
    {
      error:
        "is not a list of email addresses; someone must hear when the pipeline itself fails, or write because('…')",
    },
  ),
  routes: z.partialRecord(z.enum(tiers), z.array(z.string())),
};

/** What a user writes: maps of named things. */
export interface Definition {
  /** Names the deployment: alarm names, tables and stacks start with it. */
  name: string;
  /** IANA name; schedules and messages use it. @default UTC */
  timeZone?: string;
  /** The stages, the default one first. */
  stages?: Record<string, z.input<typeof stage>>;
  /** Who hears when the pipeline itself fails, past router and notifiers. */
  operators: string[] | Because;
  /** Where runbooks are found: a URL or folder that a rule's runbook is appended to. @default docs/runbooks */
  runbooks?: string;
  /** Where notifications go, by name. */
  channels: Record<string, z.input<typeof channel>>;
  /** Which channels hear of which tier. */
  routes: Partial<Record<(typeof tiers)[number], string[]>>;
  /** Tags on every resource, beside `tocsin:name` and `tocsin:stage`: { team: 'ml-platform' }. @default none */
  tags?: Record<string, string>;
  /** Metrics of your own, by their CloudWatch names. What Tocsin knows is in docs/metrics.md. */
  metrics?: Record<string, z.input<typeof ownMetric>>;
  /** A budget that fails synth, prices of your own, and how much happens: see docs/guides/cost.md. */
  cost?: z.input<typeof costSettings>;
  services?: Record<string, z.input<typeof service>>;
  batchJobs?: Record<string, z.input<typeof batchJob>>;
  volumes?: Record<string, z.input<typeof volume>>;
}

/**
 * Says what is monitored. The object is returned as it is; it is parsed, with all its problems reported at once, when
 * the app is synthesized or the laptop starts.
 */
export const defineMonitoring = (definition: Definition): Definition => definition;
