import * as z from 'zod';
import { withoutCredentials } from '../config/http-url.ts';
import type { Metric } from '../metrics/metric.ts';
import { ruleBuilder } from '../rules/builders/builder.ts';
import type { MetricRuleOptions, RuleInput } from '../rules/rule.ts';
import { anyDuration, duration } from '../time/duration.ts';
import { auth } from './auth.ts';
import { checkKind } from './check-kind.ts';

/** Whether a service is up: an incident of a rule on it is downtime. */
export const availabilityMetric = 'ServiceUp';

const healthMetrics = [
  {
    name: availabilityMetric,
    prometheus: 'tocsin_service_up',
    unit: 'None',
    of: 'service',
    yesOrNo: true,
    range: { min: 0, max: 1 },
    definition: 'Whether the service answers its health check as expected: 1 or 0.',
    calculation:
      'One GET per run. 1 when the status, the JSON body and every expectation but model_loaded hold; else 0.',
    refresh: 'every run of the health check',
    benchmark: '99.9 % of runs',
    source: { check: 'health' },
  },
  {
    name: 'ModelLoaded',
    prometheus: 'tocsin_service_model_loaded',
    unit: 'None',
    of: 'service',
    yesOrNo: true,
    range: { min: 0, max: 1 },
    definition: 'Whether a service that answers has its model in memory: 1 or 0.',
    calculation: '`model_loaded` of the health body; no value when the service does not answer or does not say.',
    refresh: 'every run of the health check',
    benchmark: 'always 1',
    source: { check: 'health' },
  },
  {
    name: 'ResponseSeconds',
    prometheus: 'tocsin_service_health_response_seconds',
    unit: 'Seconds',
    of: 'service',
    range: { min: 0 },
    definition: 'How long the health check waited for the whole answer.',
    calculation:
      'From the start of the name look-up to the last byte that is read; just over the timeout when it was waited for in vain; no value when no connection came about.',
    refresh: 'every run of the health check',
    benchmark: 'under 2 s on average',
    source: { check: 'health' },
  },
  {
    name: 'CertificateDaysLeft',
    prometheus: 'tocsin_service_certificate_days_left',
    unit: 'Count',
    of: 'service',
    definition: 'Whole days until the TLS certificate expires; negative after it has.',
    calculation: 'End of validity of the certificate presented, minus now; no value over plain HTTP.',
    refresh: 'every run of the health check',
    benchmark: 'more than 14',
    source: { check: 'health' },
  },
] as const satisfies Metric[];

const expectation = z.union([z.string(), z.number(), z.boolean()]);

/** GET a service's health page and hold its answer against expectations. */
export const healthCheck = checkKind({
  name: 'health',
  targets: 'service',
  metrics: healthMetrics,
  settings: z.strictObject({
    check: z.literal('health'),
    every: duration,
    /** A path below the service's URL, or an absolute URL. Under a URL with a path it does not start with `/`. @default health */
    path: withoutCredentials(z.string()).default('health'),
    /** No longer than `every`. @default 5 seconds, or `every` when that is shorter */
    timeout: anyDuration.refine((seconds) => seconds >= 0.1, 'is less than 0.1 seconds').optional(),
    /** Who asks: `basic(secret('…'))` or `bearer(secret('…'))`. @default nobody in particular */
    auth: auth.optional(),
    /** Status that counts as an answer. @default any of 200 to 299 */
    statusCode: z.number().int().min(100).max(599).optional(),
    /**
     * Fields that the JSON body must hold. A nested field is a JSON Pointer (`'/components/model/status'`) or its path
     * with dots (`'components.model.status'`). @default none
     */
    expect: z.record(z.string(), expectation).default({}),
    /** How far the body's `timestamp` may be from our clock. @default not looked at */
    maxClockSkew: anyDuration.optional(),
    /** How much of the body is read, in bytes, at most 1 MiB. @default 64 KiB */
    maxBytes: z.number().int().positive().max(1_048_576).default(65_536),
  }),
});

export type HealthSettings = z.output<typeof healthCheck.settings>;

/**
 * Checks a service's health page.
 * @example health({ every: '1 minute', expect: { status: 'healthy', model_loaded: true } })
 */
export const health = (options: Omit<z.input<typeof healthCheck.settings>, 'check'>) => ({
  check: 'health' as const,
  ...options,
});

/** The service does not answer as it should. Critical. @default for: 3 minutes */
export const serviceDown = (options: MetricRuleOptions = {}): RuleInput => ({
  type: 'metric',
  id: 'service-down',
  tier: 'critical',
  metric: 'ServiceUp',
  statistic: 'Maximum',
  comparison: 'below',
  threshold: 1,
  for: '3 minutes',
  missingData: 'missing',
  explains: ['slow-responses', 'responses-over-target'],
  summary: 'Service down',
  description: '{{target}} has not answered its health check as expected for {{for}}.',
  actions: [
    'See what the last runs of the check say: tocsin history failed, or the execution history in the console.',
    'Look at the service: is the task, instance or process running, and what does its log say last?',
    'Restart or roll back, then watch the check turn healthy: tocsin check health {{target}}.',
  ],
  runbook: 'service-down',
  ...options,
});

/** The service answers, but its model is not in memory. Critical. @default for: 1 minute */
export const modelNotLoaded = (options: MetricRuleOptions = {}): RuleInput => ({
  type: 'metric',
  id: 'model-not-loaded',
  tier: 'critical',
  metric: 'ModelLoaded',
  statistic: 'Maximum',
  comparison: 'below',
  threshold: 1,
  for: '1 minute',
  missingData: 'missing',
  summary: 'Model not loaded',
  description: '{{target}} answers, but says that its model is not loaded.',
  actions: [
    'Check that the model artefact exists and has the expected size and checksum.',
    'Compare the memory of the task with the size of the model.',
    "Read the service's start-up log for the error of the loader.",
  ],
  runbook: 'model-not-loaded',
  ...options,
});

/** Answers take too long. High. @default aboveSeconds: 5, for: 5 minutes */
export const slowResponses = ruleBuilder('aboveSeconds', {
  id: 'slow-responses',
  tier: 'high',
  metric: 'ResponseSeconds',
  statistic: 'Average',
  comparison: 'above',
  threshold: 5,
  for: '5 minutes',
  missingData: 'missing',
  summary: 'Slow responses',
  description: '{{target}} took {{value}} for its health check, {{threshold}} is the limit, for {{for}}.',
  actions: [
    'Compare request volume and CPU with the hour before.',
    'See which phase is slow (name look-up, connect, TLS, first byte) in the details of the last runs.',
    'Scale out, or roll back what was deployed last.',
  ],
  runbook: 'slow-responses',
});

/** Answers took longer than promised, on average over a day. Medium. @default aboveSeconds: 2 */
export const responsesOverTarget = ruleBuilder('aboveSeconds', {
  id: 'responses-over-target',
  tier: 'medium',
  metric: 'ResponseSeconds',
  statistic: 'Average',
  comparison: 'above',
  threshold: 2,
  period: '1 day',
  for: '1 day',
  missingData: 'missing',
  remindEvery: 'never',
  summary: 'Responses over their target',
  description: '{{target}} took {{value}} for its health check on average over a day, {{threshold}} is the target.',
  actions: [
    'See which hours were slow, and what ran then.',
    'Move work out of the request, or give the service more machines.',
  ],
  runbook: 'responses-over-target',
});

/** The TLS certificate runs out soon. High. @default belowDays: 14 */
export const certificateExpiring = ruleBuilder('belowDays', {
  id: 'certificate-expiring',
  tier: 'high',
  metric: 'CertificateDaysLeft',
  statistic: 'Minimum',
  comparison: 'below',
  threshold: 14,
  for: '15 minutes',
  missingData: 'missing',
  remindEvery: '1 day',
  summary: 'Certificate expires soon',
  description: 'The TLS certificate of {{target}} has {{value}} days left, {{threshold}} is the limit.',
  actions: ['Find out why it was not renewed by itself (DNS validation, an expired ACME account).', 'Renew it.'],
  runbook: 'certificate-expiring',
});
