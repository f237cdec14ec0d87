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
    definition: 'Space that is left on a volume, in units of 1024³ bytes.',
    calculation: 'As its source says: statfs of a local path, the CloudWatch agent, or a JSON endpoint.',
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
    definition: 'Share of a volume that is left.',
    calculation: 'Free divided by size × 100, of the same reading as FreeGigabytes.',
    refresh: 'every run of the disk check',
    benchmark: 'more than 10',
    source: { check: 'disk' },
  },
] as const satisfies Metric[];

/** Where a volume's numbers come from. */
export const diskSource = z.discriminatedUnion('source', [
  /** The CloudWatch agent of an EC2 instance (`disk_used_percent`, `disk_free`, `disk_total`). */
  z.strictObject({
    source: z.literal('cloudwatch-agent'),
    instanceId: z.string().min(1),
    path: z.string().min(1),
    /** The agent's namespace. */
    namespace: z.string().default('CWAgent'),
  }),
  /** A path of the machine that runs Tocsin: laptop only. */
  z.strictObject({ source: z.literal('local-disk'), path: z.string().min(1) }),
  /** An HTTP endpoint that answers `{ "freeBytes": n, "totalBytes": n }`, or the fields named here. */
  z.strictObject({
    source: z.literal('json-endpoint'),
    url: httpUrl,
    /** Who asks: `basic(secret('…'))` or `bearer(secret('…'))`. @default nobody in particular */
    auth: auth.optional(),
    freeBytes: z.string().default('freeBytes'),
    totalBytes: z.string().default('totalBytes'),
  }),
]);

export type DiskSource = z.output<typeof diskSource>;
type SourceInput<S extends DiskSource['source']> = Omit<Extract<z.input<typeof diskSource>, { source: S }>, 'source'>;

/** The disk of an EC2 instance, as its CloudWatch agent reports it. */
export const cloudwatchAgent = (options: SourceInput<'cloudwatch-agent'>) => ({
  source: 'cloudwatch-agent' as const,
  ...options,
});

/** A disk of the machine that runs `npm start`. */
export const localDisk = (options: SourceInput<'local-disk'>) => ({ source: 'local-disk' as const, ...options });

/** A volume that reports itself as JSON over HTTP. */
export const jsonEndpoint = (options: SourceInput<'json-endpoint'>) => ({
  source: 'json-endpoint' as const,
  ...options,
});

/** Reads how much room a volume has left. */
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
