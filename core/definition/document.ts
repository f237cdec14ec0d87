import type * as z from 'zod';
import type { Tier } from '../../events/tier.ts';
import type { ChannelSettings } from '../channels/kind-of.ts';
import type { Metric } from '../metrics/metric.ts';
import type { Rule } from '../rules/rule.ts';
import type { CostSettings } from './cost-settings.ts';
import type { network } from './network.ts';
import type { batchJob, CheckSettings, service, volume } from './target-schemas.ts';

/** A named target with its checks and rules. Its other fields depend on its kind. */
export type Target = {
  name: string;
  rules: readonly Rule[];
  checks: readonly CheckSettings[];
  /** The dimensions of the target in other namespaces, by namespace. */
  dimensions: Readonly<Record<string, Readonly<Record<string, string>>>>;
} & (
  | ({ kind: 'service' } & Omit<z.output<typeof service>, 'rules' | 'checks' | 'dimensions'>)
  | ({ kind: 'batch' } & Omit<z.output<typeof batchJob>, 'rules' | 'checks' | 'dimensions'>)
  | ({ kind: 'volume' } & Omit<z.output<typeof volume>, 'rules' | 'checks' | 'dimensions'>)
);

/**
 * One stage of a definition, normalized: defaults filled in, durations in seconds. Plain JSON, bundled with the functions
 * that need it and read once when they start. The laptop reads the same document.
 */
export interface MonitoringDocument {
  version: 1;
  /** Hash of the other fields: two documents with the same hash are equal. */
  hash: string;
  name: string;
  stage: string;
  timeZone: string;
  retentionDays: number;
  alarmStacks: number;
  operators: readonly string[];
  runbooks: string;
  /** The user's own tags; see `tagsOf` for all. */
  tags: Readonly<Record<string, string>>;
  terminationProtection: boolean;
  /** Whether each function has reserved concurrency. */
  reservedConcurrency: boolean;
  channels: Readonly<Record<string, ChannelSettings>>;
  routes: Readonly<Record<Tier, readonly string[]>>;
  /** Every metric that a rule reads, a check measures or the config declares, and those of the pipeline. */
  metrics: readonly Metric[];
  targets: readonly Target[];
  /** The cost settings of the config, if any. */
  cost?: CostSettings;
  /** The network of the checks, or the reason why private addresses need none. See `networkOf`. */
  network?: z.output<typeof network>;
}
