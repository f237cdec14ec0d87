import * as z from 'zod';
import { targetKinds } from '../../events/target.ts';
import { duration, sayDuration } from '../time/duration.ts';
import { type Metric, prometheusTypes } from './metric.ts';
import { isPrometheusName, prometheusNameOf } from './prometheus-name.ts';
import { units } from './unit.ts';

/**
 * A metric of the user's own, as the config's `metrics` section declares it under its CloudWatch name. The user's code
 * publishes it: in the deployment's namespace with the one dimension `Service`, `BatchJob` or `Volume`, or in a
 * namespace of its own, whose dimensions each target then names.
 */
export const ownMetric = z.strictObject({
  /** What kind of target it measures. */
  of: z.enum(targetKinds).default('service'),
  unit: z.enum(units),
  definition: z.string().min(1),
  calculation: z.string().min(1),
  /** How often a new value appears. @default one minute */
  every: duration.prefault('1 minute'),
  range: z.strictObject({ min: z.number().optional(), max: z.number().optional() }).optional(),
  /** Whether its values are 1 for yes and 0 for no. Messages then leave the number out. @default false */
  yesOrNo: z.boolean().optional(),
  /** Whether there is a value for each event (a request, a run), not one every so often. @default what `calculation` says, if it does */
  perEvent: z.boolean().optional(),
  /** Which values are the better ones: the lint finds rules that look the wrong way. @default as the name has it */
  better: z.enum(['lower', 'higher']).optional(),
  breakdown: z.string().optional(),
  target: z.string().optional(),
  slo: z.string().optional(),
  benchmark: z.string().optional(),
  /** @default its name in snake_case, closed by its unit */
  prometheus: z.string().optional(),
  /** What it is in Prometheus. @default a counter where that name ends with `_total`, a histogram where it is the time or size of each event, else a gauge */
  prometheusType: z.enum(prometheusTypes).optional(),
  /** Where it is published. @default the deployment's own namespace */
  namespace: z.string().min(1).optional(),
});

/** The metric that a declaration stands for. */
export function metricFrom(
  name: string,
  { every, namespace, prometheus, ...said }: z.output<typeof ownMetric>,
): Metric {
  return {
    ...said,
    ...(said.yesOrNo && { range: said.range ?? { min: 0, max: 1 } }),
    own: true,
    name,
    prometheus: prometheus ?? prometheusNameOf(name, said.unit),
    refresh: `every ${sayDuration(every)}`,
    refreshSeconds: every,
    source: namespace === undefined ? { application: true } : { namespace },
  } as Metric;
}

/** What is wrong with the names of a metric of the user's own, if anything. */
export function nameProblem(metric: Metric, known: readonly Metric[]): string | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_.]{0,254}$/.test(metric.name))
    return 'is not a name for a metric; use letters, digits, _ and . and begin with a letter';
  if (known.some(({ name }) => name === metric.name))
    return 'is the name of a metric that Tocsin knows; choose another';
  return isPrometheusName(metric.prometheus)
    ? undefined
    : `has the Prometheus name ${metric.prometheus}, which Prometheus does not take; use letters, digits, _ and :, and do not begin with a digit`;
}
