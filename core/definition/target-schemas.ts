import * as z from 'zod';
import { batchRuns } from '../checks/batch.ts';
import { checkKinds } from '../checks/checks.ts';
import { diskSource, diskSpace } from '../checks/disk.ts';
import { rule } from '../rules/rule.ts';
import { duration } from '../time/duration.ts';
import { cronProblem, isTimeZone } from '../time/zone.ts';
import { becauseSchema } from './because.ts';
import { httpUrl } from './http-url.ts';

const checkSettings = z.discriminatedUnion(
  'check',
  checkKinds.map((kind) => kind.settings) as unknown as [
    (typeof checkKinds)[number]['settings'],
    ...(typeof checkKinds)[number]['settings'][],
  ],
);

export type CheckSettings = z.output<typeof checkSettings>;

const checks = z.array(checkSettings).min(1, 'has no check; add one');
const rules = z.union([z.array(rule).min(1, "has no rule; add one or write because('…')"), becauseSchema], {
  error: "has no rules; add one or write because('…')",
});

const cron = z.string().superRefine((text, context) => {
  const problem = cronProblem(text);
  if (problem) context.addIssue({ code: 'custom', message: `is not a valid cron expression: it ${problem}` });
});

const dimensions = z.record(z.string(), z.record(z.string(), z.string().min(1))).default({});

const refresh = z.record(z.string(), duration).optional();

/** A monitored ML API. */
export const service = z.strictObject({
  /** The base URL of the service. The paths of its checks are appended to it. */
  url: httpUrl,
  /** The checks that observe it: `[health({ every: '1 minute' })]`. */
  checks,
  /** Its rules, or `because('…')` with the reason why it has none. */
  rules,
  /** Its dimensions in other namespaces: `{ CWAgent: { InstanceId: 'i-0123456789abcdef0' } }`. @default none */
  dimensions,
  /** How often metrics that no check measures have a new value on it, by metric. @default as in the glossary */
  refresh,
});

/** Work that runs on its own schedule and reports its runs. Tocsin uses the schedule to detect missing runs; it does not start them. */
export const batchJob = z.strictObject({
  /** When its runs start, as a cron expression with five fields. `batchMissing()` uses it. */
  schedule: cron.optional(),
  /** The IANA time zone of the schedule. @default that of the deployment */
  timeZone: z
    .string()
    .refine(isTimeZone, "is not an IANA time zone; use a name such as 'Europe/Berlin' or 'UTC'")
    .optional(),
  /** The maximum duration of a run. @default the longest of its last ten successful runs */
  maxDuration: duration.optional(),
  /** The checks that observe it. @default [batchRuns()] */
  checks: checks.prefault([batchRuns()]),
  /** Its rules, or `because('…')` with the reason why it has none. */
  rules,
  /** Its dimensions in other namespaces. @default none */
  dimensions,
  /** How often metrics that no check measures have a new value on it, by metric. @default as in the glossary */
  refresh,
});

/** A disk or storage area. */
export const volume = z.strictObject({
  /** Where its free space is read: `cloudwatchAgent({ … })`, `jsonEndpoint({ … })` or, on a laptop, `localDisk({ … })`. */
  source: diskSource,
  /** The checks that observe it. @default [diskSpace()] */
  checks: checks.prefault([diskSpace()]),
  /** Its rules, or `because('…')` with the reason why it has none. */
  rules,
  /** Its dimensions in other namespaces. @default none */
  dimensions,
  /** How often metrics that no check measures have a new value on it, by metric. @default as in the glossary */
  refresh,
});
