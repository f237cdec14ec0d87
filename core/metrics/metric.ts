import type { TargetKind } from '../../events/target.ts';
import type { Unit } from './unit.ts';

/**
 * A metric: its name, its unit and its meaning. Each metric is declared once. Validation rejects a rule on a metric that is
 * neither in the catalogue nor declared by the config.
 */
export interface Metric {
  /** Its CloudWatch name, a public interface. */
  name: string;
  /** Its Prometheus name: in snake_case, with the unit as suffix; counters end with `_total`. */
  prometheus: string;
  /** Its Prometheus type. @default a counter if the name ends with `_total`, a histogram if it is the duration or size of each event, otherwise a gauge */
  prometheusType?: PrometheusType;
  unit: Unit;
  /** The kind of target that it measures. Its single dimension is named after the kind. */
  of: TargetKind | 'check';
  /** The range of its values, if it is limited. */
  range?: { min?: number; max?: number };
  /** Whether its values are 1 (yes) or 0 (no). Messages then omit the number. @default false */
  yesOrNo?: boolean;
  /** Whether there is one value per event (a request, a run), so that a period has any number of values. @default one per refresh */
  perEvent?: boolean;
  /** Whether lower or higher values are better. @default derived from the name, if possible */
  better?: 'lower' | 'higher';
  /** Its meaning, in one sentence. */
  definition: string;
  /** How a value is calculated. */
  calculation: string;
  /** How it is commonly broken down, if it is. */
  breakdown?: string;
  /** How often a new value appears. */
  refresh: string;
  /** The same in seconds, unless the interval of a check decides it. Periods of rules are not shorter than this. */
  refreshSeconds?: number;
  /** The metric that it is derived from: it has no new value before that metric has one. */
  derivedFrom?: string;
  /** The target value, and the service level objective. */
  target?: string;
  slo?: string;
  /** A typical good value, if one is known. */
  benchmark?: string;
  source: MetricSource;
  /** Whether the config declares it. @default false: it is part of the catalogue */
  own?: true;
}

/** The Prometheus types that a rule can read. Native histograms and summaries are not supported. */
export const prometheusTypes = ['gauge', 'counter', 'histogram'] as const;
export type PrometheusType = (typeof prometheusTypes)[number];

/**
 * The source of a metric: a check, by name; the application, which publishes it in the deployment's namespace; or another
 * namespace (the CloudWatch agent, AWS services), with dimensions that the target states. `fixed` are dimensions with the
 * same value on every target.
 */
export type MetricSource =
  | { check: string }
  | { application: true }
  | { namespace: string; fixed?: Readonly<Record<string, string>> };

/** One value of one metric at one time. */
export interface Datum {
  metric: string;
  unit: Unit;
  dimensions: Readonly<Record<string, string>>;
  /** The scheduled time, in epoch milliseconds. */
  at: number;
  value: number;
}

/** Publishes values. Publishing the same datum twice must not change the value of a gauge. */
export interface MetricSink {
  publish(data: readonly Datum[]): Promise<void>;
}

/** The CloudWatch namespace of a deployment. */
export const namespaceOf = (deployment: { name: string; stage: string }): string =>
  `Tocsin/${deployment.name}/${deployment.stage}`;

const dimensionNames = { service: 'Service', batch: 'BatchJob', volume: 'Volume', check: 'Check' } as const;

/** The single dimension of a metric of this kind of target. Each additional dimension would be an additional billed metric. */
export const dimensionsOf = (of: Metric['of'], name: string): Record<string, string> => ({
  [dimensionNames[of]]: name,
});
