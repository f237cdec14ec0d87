import * as z from 'zod';
import { tiers } from '../../events/tier.ts';
import { channelSchemas } from '../channels/kind-of.ts';
import type { ownMetric } from '../metrics/own-metric.ts';
import { duration } from '../time/duration.ts';
import { isTimeZone } from '../time/zone.ts';
import { type Because, becauseSchema } from './because.ts';
import { costSettings } from './cost-settings.ts';
import { withoutCredentials } from './http-url.ts';
import { network } from './network.ts';
import { tags } from './tags.ts';
import type { batchJob, service, volume } from './target-schemas.ts';

/**
 * Where a deployment runs. A laptop can check every few seconds and read its own disks; AWS cannot. An AWS emulator has the
 * limits of AWS, but its functions run on this machine and can reach loopback addresses.
 */
export type World = 'aws' | 'emulator' | 'laptop';

export const channel = z.discriminatedUnion('channel', channelSchemas);

/** The settings of a stage. */
export const stage = z.strictObject({
  /** Retention of runs, closed incidents and receipts, at least 15 days. @default 90 */
  retentionDays: z
    .number()
    .int()
    .min(
      15,
      'is too short; use at least 15: dead-letter queues retain messages for 14 days, and receipts must be retained longer',
    )
    .default(90),
  /** Check intervals for this stage, by check: `{ health: '5 minutes' }`. @default the intervals of each target */
  every: z.record(z.string(), duration).default({}),
  /** Channels that replace those of the same name: other recipients, another webhook. @default `channels` */
  channels: z.record(z.string(), channel).default({}),
  /** Number of stacks that hold the alarms. CloudFormation allows 500 resources per stack. A change moves alarms. @default 1 */
  alarmStacks: z.number().int().min(1).max(50).default(1),
  /** Tags that are added to those of the definition, or override them. @default `tags` */
  tags: tags.default({}),
  /** Whether CloudFormation refuses to delete the stacks until this is turned off. @default false */
  terminationProtection: z.boolean().default(false),
  /**
   * Whether Lambda reserves concurrency for each function, so that other functions in the account cannot throttle it. AWS
   * requires 100 unreserved for the account, or the deployment fails; new accounts have a quota of 10. @default false
   */
  reservedConcurrency: z.boolean().default(false),
  /** The network of this stage: it replaces that of the definition. @default `network` */
  network: network.optional(),
  /** The budget of this stage in USD per month. @default the budget in `cost` */
  budgetPerMonth: costSettings.shape.budgetPerMonth,
});

/** The parts of a definition. Each is parsed separately, so that an error in one does not hide errors in another. */
export const parts = {
  name: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]{0,29}$/,
      'is not a valid deployment name; start with a lowercase letter and use up to 30 lowercase letters, digits and hyphens',
    ),
  timeZone: z.string().refine(isTimeZone, "is not an IANA time zone; use a name such as 'Europe/Berlin' or 'UTC'"),
  runbooks: withoutCredentials(z.string().min(1), 'contains credentials in plain text; remove them'),
  tags,
  network,
  operators: z.union(
    [
      z
        .array(z.email({ error: 'is not an email address' }))
        .min(1, "has no email addresses; add one or write because('…')"),
      becauseSchema,
    ],
    {
      error:
        "is not a list of email addresses; list the people to notify when the pipeline itself fails, or write because('…')",
    },
  ),
  routes: z.partialRecord(z.enum(tiers), z.array(z.string())),
};

/** The config as a user writes it: maps of named channels, services, batch jobs and volumes. */
export interface Definition {
  /** The name of the deployment. Alarm names, tables and stacks start with it. */
  name: string;
  /** IANA time zone for schedules and messages. @default UTC */
  timeZone?: string;
  /** The stages, the default one first. @default { dev: {} } */
  stages?: Record<string, z.input<typeof stage>>;
  /** Email addresses to notify when the pipeline itself fails. These messages bypass the router and the notifiers. */
  operators: string[] | Because;
  /** The location of the runbooks: a URL or folder to which the runbook of a rule is appended. @default docs/runbooks */
  runbooks?: string;
  /** The destinations of notifications, by name. */
  channels: Record<string, z.input<typeof channel>>;
  /** The channels that are notified, by tier. */
  routes: Partial<Record<(typeof tiers)[number], string[]>>;
  /** Tags on every resource, in addition to `tocsin:name` and `tocsin:stage`: { team: 'ml-platform' }. @default none */
  tags?: Record<string, string>;
  /** Your own metrics, by their CloudWatch names. The metrics of the catalogue are in docs/metrics.md. */
  metrics?: Record<string, z.input<typeof ownMetric>>;
  /** A budget that is enforced at synth, your own prices, and the assumed volume: see docs/guides/cost.md. */
  cost?: z.input<typeof costSettings>;
  /**
   * The VPC from which checks connect to private addresses and names: `{ vpcId, subnetIds }`. All other functions stay
   * outside of it. `because('…')` is the reason why private addresses need none. A `vpc` of the construct takes precedence.
   * @default none: checks connect to targets over the internet
   */
  network?: z.input<typeof network>;
  /** The services to monitor, by name. @default none */
  services?: Record<string, z.input<typeof service>>;
  /** The batch jobs to monitor, by name. @default none */
  batchJobs?: Record<string, z.input<typeof batchJob>>;
  /** The volumes to monitor, by name. @default none */
  volumes?: Record<string, z.input<typeof volume>>;
}

/**
 * Defines what is monitored. The object is returned unchanged. It is validated, with all problems reported at once, when
 * the app is synthesized or the laptop run starts.
 */
export const defineMonitoring = (definition: Definition): Definition => definition;
