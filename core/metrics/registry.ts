import { checkKinds } from '../checks/kinds.ts';
import type { MonitoringDocument } from '../config/document.ts';
import type { Metric } from './metric.ts';
import { apiMetrics } from './published/api.ts';
import { businessMetrics, datasetMetrics } from './published/business.ts';
import { hostMetrics } from './published/host.ts';
import { modelMetrics, trainingMetrics } from './published/model.ts';

/** The heartbeat of a check. Published as the last act of an invocation, whatever the targets did. */
const checkCompleted: Metric = {
  name: 'CheckCompleted',
  prometheus: 'tocsin_check_completed',
  unit: 'Count',
  of: 'check',
  definition: 'A check looked at all targets of its shard and recorded what it saw.',
  calculation: '1 for each invocation that came to its end.',
  refresh: 'every run of every check',
  benchmark: 'one per interval',
  source: { check: 'every check' },
};

/** The heartbeat of the sweep. */
const sweepCompleted: Metric = {
  name: 'SweepCompleted',
  prometheus: 'tocsin_sweep_completed',
  unit: 'Count',
  of: 'check',
  definition: 'The sweep sent what was due and failed at nothing.',
  calculation: '1 for each sweep that came to its end.',
  refresh: 'every minute',
  benchmark: 'one per minute',
  source: { check: 'sweep' },
};

/** Every metric that Tocsin knows. A config may declare more of its own. */
export const metrics: readonly Metric[] = [
  ...checkKinds.flatMap((kind): readonly Metric[] => kind.metrics),
  checkCompleted,
  sweepCompleted,
  ...apiMetrics,
  ...modelMetrics,
  ...trainingMetrics,
  ...businessMetrics,
  ...datasetMetrics,
  ...hostMetrics,
];

const byName = new Map(metrics.map((metric) => [metric.name, metric]));

/** A metric that Tocsin knows, by its CloudWatch name. */
export const findMetric = (name: string): Metric | undefined => byName.get(name);

/**
 * The metric of a rule that passed the door: one of the document's own, or one that Tocsin knows.
 * @throws {Error} when nobody declares it, which the door rules out
 */
export function metricOf(document: Pick<MonitoringDocument, 'metrics'>, name: string): Metric {
  const metric = document.metrics.find((own) => own.name === name) ?? findMetric(name);
  if (!metric) throw new Error(`nobody declares the metric ${name}`);
  return metric;
}
