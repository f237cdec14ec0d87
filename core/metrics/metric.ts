import type { TargetKind } from '../../events/target.ts';

/** Units of CloudWatch that Tocsin uses. A threshold is always in the unit of its metric. */
export type Unit = 'Seconds' | 'Percent' | 'Count' | 'Gigabytes' | 'None';

/**
 * A metric, declared once: what it is called, in which unit, and what it means. The registry is the list of all of them;
 * a rule on a metric that is not in it does not pass the door.
 */
export interface Metric {
  /** Its CloudWatch name, a public interface. */
  name: string;
  unit: Unit;
  /** What kind of target it measures; the one dimension is named after it. */
  of: TargetKind | 'check';
  /** The values that it can have, where they are bounded. */
  range?: { min?: number; max?: number };
  /** What it says, in a sentence. */
  definition: string;
  /** How a value comes about. */
  calculation: string;
  /** How often a new value appears. */
  refresh: string;
  /** What good looks like, where a number is known. */
  benchmark?: string;
  /** Who emits it: a check by name, or the application itself. */
  source: { check: string } | { application: true };
}

/** One value of one metric at one moment. */
export interface Datum {
  metric: string;
  unit: Unit;
  dimensions: Readonly<Record<string, string>>;
  /** The scheduled moment, epoch milliseconds. */
  at: number;
  value: number;
}

/** Where the values go. Publishing the same datum twice must not change what a gauge shows. */
export interface MetricSink {
  publish(data: readonly Datum[]): Promise<void>;
}

/** The CloudWatch namespace of a deployment. */
export const namespaceOf = (deployment: { name: string; stage: string }): string =>
  `Tocsin/${deployment.name}/${deployment.stage}`;

const dimensionNames = { service: 'Service', batch: 'BatchJob', volume: 'Volume', check: 'Check' } as const;

/** The one dimension of a metric of this kind of target. Each further dimension would be a further billed metric. */
export const dimensionsOf = (of: Metric['of'], name: string): Record<string, string> => ({
  [dimensionNames[of]]: name,
});
