import type * as z from 'zod';
import type { Tier } from '../../events/tier.ts';
import type { ChannelSettings } from '../channels/kind-of.ts';
import type { Metric } from '../metrics/metric.ts';
import type { Rule } from '../rules/rule.ts';
import type { CostSettings } from './cost-settings.ts';
import type { batchJob, CheckSettings, service, volume } from './target-schemas.ts';

/** A named target with its checks and rules. What else it holds depends on its kind. */
export type Target = {
  name: string;
  rules: readonly Rule[];
  checks: readonly CheckSettings[];
  /** Under which dimensions a namespace that is not ours knows it, by namespace. */
  dimensions: Readonly<Record<string, Readonly<Record<string, string>>>>;
} & (
  | ({ kind: 'service' } & Omit<z.output<typeof service>, 'rules' | 'checks' | 'dimensions'>)
  | ({ kind: 'batch' } & Omit<z.output<typeof batchJob>, 'rules' | 'checks' | 'dimensions'>)
  | ({ kind: 'volume' } & Omit<z.output<typeof volume>, 'rules' | 'checks' | 'dimensions'>)
);

/**
 * One stage of a definition, normalized: defaults filled in, durations in seconds, silence resolved. Plain JSON, bundled
 * with the functions that need it and read once at their start; the laptop reads the same document.
 */
export interface MonitoringDocument {
  version: 1;
  /** Hash of the rest: two documents with one hash say the same. */
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
  /** Whether each function has its bound of concurrency reserved. */
  reservedConcurrency: boolean;
  channels: Readonly<Record<string, ChannelSettings>>;
  routes: Readonly<Record<Tier, readonly string[]>>;
  /** Every metric that a rule reads, a check measures or the config declares, and those of the pipeline. */
  metrics: readonly Metric[];
  targets: readonly Target[];
  /** What the config says of money, if anything. */
  cost?: CostSettings;
}
