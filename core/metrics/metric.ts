import type { TargetKind } from '../../events/target.ts';
import type { Unit } from './unit.ts';

/**
 * A metric, declared once: what it is called, in which unit, and what it means. The registry is the list of all of them;
 * a rule on a metric that is not in it does not pass the door.
 */
export interface Metric {
  /** Its CloudWatch name, a public interface. */
  name: string;
  /** Its name where Prometheus reads it: ours are in snake_case, closed by the unit, counters by `_total`. */
  prometheus: string;
  /** What it is there. @default a counter where its name ends with `_total`, a histogram where it is the time or size of each event, else a gauge */
  prometheusType?: PrometheusType;
  unit: Unit;
  /** What kind of target it measures; the one dimension is named after it. */
  of: TargetKind | 'check';
  /** The values that it can have, where they are bounded. */
  range?: { min?: number; max?: number };
  /** Whether its values are yes (1) or no (0): then a message needs no number. @default false */
  yesOrNo?: boolean;
  /** Whether there is a value for each event (a request, a run), so that a period has any number of them. @default one a refresh */
  perEvent?: boolean;
  /** Which of its values are the better ones. @default as its name has it, where that says something */
  better?: 'lower' | 'higher';
  /** What it says, in a sentence. */
  definition: string;
  /** How a value comes about. */
  calculation: string;
  /** The parts into which people split it, where they do. */
  breakdown?: string;
  /** How often a new value appears. */
  refresh: string;
  /** The same in seconds, where no check's interval decides it: no datapoint of a rule is shorter. */
  refreshSeconds?: number;
  /** The metric that it is computed of: it has no new value before that one has. */
  derivedFrom?: string;
  /** Where the value should be one day, and what is promised until then. */
  target?: string;
  slo?: string;
  /** What good looks like, where a number is known. */
  benchmark?: string;
  source: MetricSource;
  /** Whether the config declares it. @default false: it is of the catalogue */
  own?: true;
}

/** The types of Prometheus that a rule can read. A native histogram and a summary are none of them. */
export const prometheusTypes = ['gauge', 'counter', 'histogram'] as const;
export type PrometheusType = (typeof prometheusTypes)[number];

/**
 * Who emits a metric: a check by name; the application, which publishes it in the deployment's own namespace; or somebody
 * else in a namespace of theirs (the CloudWatch agent, AWS), under dimensions that the target names. `fixed` are
 * dimensions with the same value on every target.
 */
export type MetricSource =
  | { check: string }
  | { application: true }
  | { namespace: string; fixed?: Readonly<Record<string, string>> };

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
