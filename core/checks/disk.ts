import * as z from 'zod';
import { httpUrl } from '../definition/http-url.ts';
import type { Metric } from '../metrics/metric.ts';
import { duration } from '../time/duration.ts';
import { auth } from './auth.ts';
import { checkKind } from './check-kind.ts';

const diskMetrics = [
  {
    name: 'FreeGigabytes',
    prometheus: 'tocsin_volume_free_gigabytes',
    unit: 'Gigabytes',
    of: 'volume',
    range: { min: 0 },
    definition: 'Free space of a volume, in units of 1024³ bytes.',
    calculation:
      'Read from the source of the volume: statfs of a local path, the CloudWatch agent, or a JSON endpoint.',
    refresh: 'every run of the disk check',
    benchmark: 'more than 5',
    source: { check: 'disk' },
  },
  {
    name: 'FreePercent',
    prometheus: 'tocsin_volume_free_percent',
    unit: 'Percent',
    of: 'volume',
    range: { min: 0, max: 100 },
    definition: 'Free space of a volume, as a share of its size.',
    calculation: 'Free space / size × 100, from the same reading as FreeGigabytes.',
    refresh: 'every run of the disk check',
    benchmark: 'more than 10',
    source: { check: 'disk' },
  },
] as const satisfies Metric[];

/** The source of the free space and the size of a volume. */
export const diskSource = z.discriminatedUnion('source', [
  /** The CloudWatch agent of an EC2 instance (`disk_used_percent`, `disk_free`, `disk_total`). */
  z.strictObject({
    source: z.literal('cloudwatch-agent'),
    /** The id of the instance: `i-0123456789abcdef0`. */
    instanceId: z.string().min(1),
    /** The mount point, as the agent reports it: `/data`. */
    path: z.string().min(1),
    /** The namespace of the agent. @default CWAgent */
    namespace: z.string().default('CWAgent'),
  }),
  /** A path on the machine that runs Tocsin. Laptop only. */
  z.strictObject({
    source: z.literal('local-disk'),
    /** A path on the volume. */
    path: z.string().min(1),
  }),
  /** An HTTP endpoint that returns `{ "freeBytes": n, "totalBytes": n }`, or other field names as configured here. */
  z.strictObject({
    source: z.literal('json-endpoint'),
    /** The URL of the endpoint. */
    url: httpUrl,
    /** Authentication: `basic(secret('…'))` or `bearer(secret('…'))`. @default none */
    auth: auth.optional(),
    /** The field with the free space, in bytes: a name, a path with dots, or a JSON Pointer. @default freeBytes */
    freeBytes: z.string().default('freeBytes'),
    /** The field with the size, in bytes. @default totalBytes */
    totalBytes: z.string().default('totalBytes'),
  }),
]);

export type DiskSource = z.output<typeof diskSource>;
type SourceInput<S extends DiskSource['source']> = Omit<Extract<z.input<typeof diskSource>, { source: S }>, 'source'>;

/**
 * A disk of an EC2 instance, as reported by its CloudWatch agent.
 * @example source: cloudwatchAgent({ instanceId: 'i-0123456789abcdef0', path: '/data' })
 */
export const cloudwatchAgent = (options: SourceInput<'cloudwatch-agent'>) => ({
  source: 'cloudwatch-agent' as const,
  ...options,
});

/** A disk of the machine that runs Tocsin. Laptop only. @example source: localDisk({ path: '/data' }) */
export const localDisk = (options: SourceInput<'local-disk'>) => ({ source: 'local-disk' as const, ...options });

/**
 * A volume whose free space is available as JSON over HTTP.
 * @example source: jsonEndpoint({ url: 'https://storage.example.com/usage' })
 */
export const jsonEndpoint = (options: SourceInput<'json-endpoint'>) => ({
  source: 'json-endpoint' as const,
  ...options,
});

/** Reads the free space of a volume. */
export const diskCheck = checkKind({
  name: 'disk',
  targets: 'volume',
  metrics: diskMetrics,
  settings: z.strictObject({
    check: z.literal('disk'),
    /** The interval of the check. @default 5 minutes */
    every: duration.prefault('5 minutes'),
  }),
});

/** Checks a volume's free space. @example checks: [diskSpace({ every: '10 minutes' })] @default every: '5 minutes' */
export const diskSpace = (options: Partial<Omit<z.input<typeof diskCheck.settings>, 'check'>> = {}) => ({
  check: 'disk' as const,
  ...options,
});
