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
    instanceId: z.string().min(1),
    path: z.string().min(1),
    /** The agent's namespace. */
    namespace: z.string().default('CWAgent'),
  }),
  /** A path on the machine that runs Tocsin. Laptop only. */
  z.strictObject({ source: z.literal('local-disk'), path: z.string().min(1) }),
  /** An HTTP endpoint that returns `{ "freeBytes": n, "totalBytes": n }`, or other field names as configured here. */
  z.strictObject({
    source: z.literal('json-endpoint'),
    url: httpUrl,
    /** Authentication: `basic(secret('…'))` or `bearer(secret('…'))`. @default none */
    auth: auth.optional(),
    freeBytes: z.string().default('freeBytes'),
    totalBytes: z.string().default('totalBytes'),
  }),
]);

export type DiskSource = z.output<typeof diskSource>;
type SourceInput<S extends DiskSource['source']> = Omit<Extract<z.input<typeof diskSource>, { source: S }>, 'source'>;

/** A disk of an EC2 instance, as reported by its CloudWatch agent. */
export const cloudwatchAgent = (options: SourceInput<'cloudwatch-agent'>) => ({
  source: 'cloudwatch-agent' as const,
  ...options,
});

/** A disk of the machine that runs `npm start`. */
export const localDisk = (options: SourceInput<'local-disk'>) => ({ source: 'local-disk' as const, ...options });

/** A volume whose free space is available as JSON over HTTP. */
export const jsonEndpoint = (options: SourceInput<'json-endpoint'>) => ({
  source: 'json-endpoint' as const,
  ...options,
});

/** Reads the free space of a volume. */
export const diskCheck = checkKind({
  name: 'disk',
  targets: 'volume',
  metrics: diskMetrics,
  settings: z.strictObject({ check: z.literal('disk'), every: duration.prefault('5 minutes') }),
});

/** Checks a volume's free space. @default every: '5 minutes' */
export const diskSpace = (options: Partial<Omit<z.input<typeof diskCheck.settings>, 'check'>> = {}) => ({
  check: 'disk' as const,
  ...options,
});
