import { checkKinds } from '../checks/kinds.ts';
import type { MonitoringDocument } from '../config/document.ts';
import { oncePer } from '../once-per.ts';
import type { Metric } from './metric.ts';
import { apiMetrics } from './published/api.ts';
import { businessMetrics, datasetMetrics } from './published/business.ts';
import { containerMetrics, hostMetrics } from './published/host.ts';
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

/** Operators who would not be notified. The sweep looks every five minutes, and publishes nothing while there are none. */
const operatorsUnconfirmed: Metric = {
  name: 'OperatorsUnconfirmed',
  prometheus: 'tocsin_operators_unconfirmed',
  unit: 'Count',
  of: 'check',
  range: { min: 0 },
  definition:
    'How many operators have no confirmed subscription, so that no mail about the pipeline itself reaches them.',
  calculation:
    'Operators of the config without a confirmed email subscription of the pipeline-failure topic; no value when there are none.',
  refresh: 'every five minutes, while there are any',
  benchmark: 'no value',
  source: { check: 'sweep' },
};

/** Metrics that a reader looks for together, under one heading of the glossary. */
export interface MetricGroup {
  title: string;
  metrics: readonly Metric[];
}

/** Every metric that Tocsin knows, as the glossary orders them. */
export const metricGroups: readonly MetricGroup[] = [
  ...checkKinds.map(({ name, metrics }): MetricGroup => ({ title: `Of the ${name} check`, metrics })),
  { title: 'Of an API', metrics: apiMetrics },
  { title: 'Of a model', metrics: modelMetrics },
  { title: 'Of a training', metrics: trainingMetrics },
  { title: 'Of users and features', metrics: businessMetrics },
  { title: 'Of a dataset', metrics: datasetMetrics },
  { title: 'Of a machine', metrics: hostMetrics },
  { title: 'Of containers', metrics: containerMetrics },
  { title: 'Of Tocsin itself', metrics: [checkCompleted, sweepCompleted, operatorsUnconfirmed] },
];

/** Every metric that Tocsin knows. A config may declare more of its own. */
export const metrics: readonly Metric[] = metricGroups.flatMap((group) => group.metrics);

/** The first of a name stands for it. */
const byName = oncePer(
  (list: readonly Metric[]): ReadonlyMap<string, Metric> =>
    new Map([...list].reverse().map((metric) => [metric.name, metric])),
);

/** A metric that Tocsin knows, by its CloudWatch name. */
export const findMetric = (name: string): Metric | undefined => byName(metrics).get(name);

/** A metric of that name: one of these, a document's own, or one that Tocsin knows. */
export const findMetricAmong = (own: readonly Metric[], name: string): Metric | undefined =>
  byName(own).get(name) ?? findMetric(name);

/**
 * The metric of a rule that passed the door: one of the document's own, or one that Tocsin knows.
 * @throws {Error} when nobody declares it, which the door rules out
 */
export function metricOf(document: Pick<MonitoringDocument, 'metrics'>, name: string): Metric {
  const metric = findMetricAmong(document.metrics, name);
  if (!metric) throw new Error(`nobody declares the metric ${name}`);
  return metric;
}
