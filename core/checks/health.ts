import * as z from 'zod';
import { withoutCredentials } from '../definition/http-url.ts';
import type { Metric } from '../metrics/metric.ts';
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
