import type { MonitoringDocument } from '../definition/document.ts';
import { oncePer } from '../once-per.ts';
import type { Metric } from './metric.ts';

type WithMetrics = Pick<MonitoringDocument, 'metrics'>;

const byName = oncePer(
  (metrics: readonly Metric[]): ReadonlyMap<string, Metric> => new Map(metrics.map((metric) => [metric.name, metric])),
);

/** A metric that a document refers to, by its CloudWatch name; undefined where it refers to none of that name. */
export const findMetricIn = ({ metrics }: WithMetrics, name: string): Metric | undefined => byName(metrics).get(name);

/**
 * The metric of a rule, or one that a check measures. Normalizing wrote it into the document.
 * @throws {Error} when it is not there, which validation rules out
 */
export function metricOf(document: WithMetrics, name: string): Metric {
  const metric = findMetricIn(document, name);
  if (!metric) throw new Error(`the document holds no metric ${name}`);
  return metric;
}
