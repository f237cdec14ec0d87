import type * as z from 'zod';
import type { Tier } from '../../events/tier.ts';
import type { ChannelSettings } from '../channels/kind-of.ts';
import type { Metric } from '../metrics/metric.ts';
import type { stage, World } from './definition.ts';
import type { Target } from './document.ts';

/** The parts of a definition that passed their schemas. Each is validated against the others. */
export interface ParsedParts {
  targets: readonly Target[];
  /** Undefined if the routes are not valid: then no rule is reported as having no recipient. */
  routes: Partial<Record<Tier, string[]>> | undefined;
  channelNames: readonly string[];
  /** The channels of the selected stage, by name. */
  channels: Record<string, ChannelSettings | undefined>;
  stages: Record<string, z.output<typeof stage>>;
  name: string;
  stage: string;
  world: World;
  metricNamed: (name: string) => Metric | undefined;
  /** The metrics that need no declaration. */
  catalogue: readonly Metric[];
}

/** The section of the config that holds the targets of a kind. */
export const sectionOf = { service: 'services', batch: 'batchJobs', volume: 'volumes' } as const;

/** `services.classifier`. */
export const targetPath = ({ kind, name }: Target): string => `${sectionOf[kind]}.${name}`;

/** How messages call a kind of target. */
export const kindName = { service: 'service', batch: 'batch job', volume: 'volume', check: 'check' } as const;
