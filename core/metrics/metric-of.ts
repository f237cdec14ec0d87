import type { MonitoringDocument } from '../definition/document.ts';
import { oncePer } from '../once-per.ts';
import type { Metric } from './metric.ts';

type WithMetrics = Pick<MonitoringDocument, 'metrics'>;

const byName = oncePer(
  (metrics: readonly Metric[]): ReadonlyMap<string, Metric> => new Map(metrics.map((metric) => [metric.name, metric])),
);

/** A metric of a document by its CloudWatch name. Undefined if the document does not refer to such a metric. */
export const findMetricIn = ({ metrics }: WithMetrics, name: string): Metric | undefined => byName(metrics).get(name);

/**
 * The metric of a rule or of a check. Normalization copies it into the document.
 * @throws {Error} if it is missing, which validation rules out
 */
export function metricOf(document: WithMetrics, name: string): Metric {
  const metric = findMetricIn(document, name);
  if (!metric) throw new Error(`the document does not contain the metric ${name}`);
  return metric;
}
