import * as z from 'zod';
import { withoutCredentials } from '../definition/http-url.ts';
import type { Metric } from '../metrics/metric.ts';
import { anyDuration, duration } from '../time/duration.ts';
import { auth } from './auth.ts';
import { availabilityMetric } from './availability.ts';
import { checkKind } from './check-kind.ts';

const healthMetrics = [
  {
    name: availabilityMetric,
    prometheus: 'tocsin_service_up',
    unit: 'None',
    of: 'service',
    yesOrNo: true,
    range: { min: 0, max: 1 },
    definition: 'Whether the service passes its health check: 1 or 0.',
    calculation:
      'One GET request per run. 1 if the status, the JSON body and every expectation except model_loaded are met; otherwise 0.',
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
    definition: 'Whether the service reports that its model is loaded: 1 or 0.',
    calculation:
      '`model_loaded` of the health response; no value if the service does not respond or does not report it.',
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
    definition: 'Response time of the health check.',
    calculation:
      'From the start of the DNS lookup to the last byte of the response. Just over the timeout if the response did not arrive in time; no value if no connection was established.',
    refresh: 'every run of the health check',
    benchmark: 'below 2 s on average',
    source: { check: 'health' },
  },
  {
    name: 'CertificateDaysLeft',
    prometheus: 'tocsin_service_certificate_days_left',
    unit: 'Count',
    of: 'service',
    definition: 'Whole days until the TLS certificate expires; negative after it has expired.',
    calculation: 'End of validity of the certificate that the service presents, minus now; no value for plain HTTP.',
    refresh: 'every run of the health check',
    benchmark: 'more than 14',
    source: { check: 'health' },
  },
] as const satisfies Metric[];

const expectation = z.union([z.string(), z.number(), z.boolean()]);

/** Requests the health endpoint of a service and compares the response with the expectations. */
export const healthCheck = checkKind({
  name: 'health',
  targets: 'service',
  metrics: healthMetrics,
  settings: z.strictObject({
    check: z.literal('health'),
    /** The interval of the check: whole minutes on AWS, seconds on a laptop. */
    every: duration,
    /** A path below the service's URL, or an absolute URL. Under a URL with a path it does not start with `/`. @default health */
    path: withoutCredentials(z.string()).default('health'),
    /** At most `every`. @default 5 seconds, or `every` if it is shorter */
    timeout: anyDuration
      .refine((seconds) => seconds >= 0.1, 'is less than 0.1 seconds; write 0.1 seconds or more')
      .optional(),
    /** Authentication: `basic(secret('…'))` or `bearer(secret('…'))`. @default none */
    auth: auth.optional(),
    /** The expected status. @default any of 200 to 299 */
    statusCode: z.number().int().min(100).max(599).optional(),
    /**
     * The expected fields of the JSON body. A nested field is a JSON Pointer (`'/components/model/status'`) or a path
     * with dots (`'components.model.status'`). @default none
     */
    expect: z.record(z.string(), expectation).default({}),
    /** The maximum difference between the `timestamp` of the body and the clock of the check. @default not checked */
    maxClockSkew: anyDuration.optional(),
    /** The maximum size of the body in bytes, up to 1 MiB. @default 64 KiB */
    maxBytes: z.number().int().positive().max(1_048_576).default(65_536),
  }),
});

export type HealthSettings = z.output<typeof healthCheck.settings>;

/**
 * Checks the health endpoint of a service.
 * @example health({ every: '1 minute', expect: { status: 'healthy', model_loaded: true } })
 */
export const health = (options: Omit<z.input<typeof healthCheck.settings>, 'check'>) => ({
  check: 'health' as const,
  ...options,
});
