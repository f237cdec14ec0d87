import * as z from 'zod';
import { targetKinds } from '../../events/target.ts';
import { duration, formatDuration } from '../time/duration.ts';
import { type Metric, prometheusTypes } from './metric.ts';
import { isPrometheusName, prometheusNameOf } from './prometheus-name.ts';
import { units } from './unit.ts';

/**
 * A metric that the `metrics` section of the config declares under its CloudWatch name. Your code publishes it, either in the
 * deployment's namespace with the single dimension `Service`, `BatchJob` or `Volume`, or in another namespace, whose
 * dimensions each target states.
 */
export const ownMetric = z.strictObject({
  /** The kind of target that it measures. @default service */
  of: z.enum(targetKinds).default('service'),
  /** The CloudWatch unit of its values. */
  unit: z.enum(units),
  /** What it measures, in a sentence. */
  definition: z.string().min(1),
  /** How a value is calculated. */
  calculation: z.string().min(1),
  /** How often a new value appears. @default one minute */
  every: duration.prefault('1 minute'),
  /** The values that it can have: `{ min: 0, max: 1 }`. The lint uses it to find thresholds that cannot be reached. @default unbounded */
  range: z.strictObject({ min: z.number().optional(), max: z.number().optional() }).optional(),
  /** Whether its values are 1 (yes) or 0 (no). Messages then omit the number. @default false */
  yesOrNo: z.boolean().optional(),
  /** Whether there is one value per event (a request, a run) instead of one per interval. @default derived from `calculation`, if possible */
  perEvent: z.boolean().optional(),
  /** Whether lower or higher values are better. The lint uses it to find rules with the wrong comparison. @default derived from the name */
  better: z.enum(['lower', 'higher']).optional(),
  /** The parts into which people split it, for the glossary. @default none */
  breakdown: z.string().optional(),
  /** The value to reach, for the glossary. @default none */
  target: z.string().optional(),
  /** The service level objective, for the glossary. @default none */
  slo: z.string().optional(),
  /** A good value, for the glossary. @default none */
  benchmark: z.string().optional(),
  /** Its Prometheus name. @default the name in snake_case, with the unit as suffix */
  prometheus: z.string().optional(),
  /** Its Prometheus type. @default a counter if the Prometheus name ends with `_total`, a histogram if it is the duration or size of each event, otherwise a gauge */
  prometheusType: z.enum(prometheusTypes).optional(),
  /** The CloudWatch namespace. @default the namespace of the deployment */
  namespace: z.string().min(1).optional(),
});

/** The metric of a declaration. */
export function metricFrom(
  name: string,
  { every, namespace, prometheus, ...declared }: z.output<typeof ownMetric>,
): Metric {
  return {
    ...declared,
    ...(declared.yesOrNo && { range: declared.range ?? { min: 0, max: 1 } }),
    own: true,
    name,
    prometheus: prometheus ?? prometheusNameOf(name, declared.unit),
    refresh: `every ${formatDuration(every)}`,
    refreshSeconds: every,
    source: namespace === undefined ? { application: true } : { namespace },
  } as Metric;
}

/** The problem with the names of a declared metric. Undefined if they are valid. */
export function nameProblem(metric: Metric, known: readonly Metric[]): string | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_.]{0,254}$/.test(metric.name))
    return 'is not a valid metric name; start with a letter and use letters, digits, _ and .';
  if (known.some(({ name }) => name === metric.name))
    return 'is the name of a metric of the catalogue; choose another name';
  return isPrometheusName(metric.prometheus)
    ? undefined
    : `has the Prometheus name ${metric.prometheus}, which Prometheus does not accept; use letters, digits, _ and :, and do not start with a digit`;
}
