import { checkKinds } from '../../core/checks/checks.ts';
import type { Metric } from '../../core/metrics/metric.ts';
import { pipelineMetrics } from '../../core/metrics/pipeline-metrics.ts';
import { apiMetrics } from './api.ts';
import { businessMetrics, datasetMetrics } from './business.ts';
import { containerMetrics, hostMetrics } from './host.ts';
import { modelMetrics, trainingMetrics } from './model.ts';

/** Metrics that a reader looks for together, under one heading of the glossary. */
export interface MetricGroup {
  title: string;
  metrics: readonly Metric[];
}

/** The metrics of the catalogue, as the glossary orders them. */
export const metricGroups: readonly MetricGroup[] = [
  ...checkKinds.map(({ name, metrics }): MetricGroup => ({ title: `Of the ${name} check`, metrics })),
  { title: 'Of an API', metrics: apiMetrics },
  { title: 'Of a model', metrics: modelMetrics },
  { title: 'Of a training', metrics: trainingMetrics },
  { title: 'Of users and features', metrics: businessMetrics },
  { title: 'Of a dataset', metrics: datasetMetrics },
  { title: 'Of a machine', metrics: hostMetrics },
  { title: 'Of containers', metrics: containerMetrics },
  { title: 'Of Tocsin itself', metrics: pipelineMetrics },
];

/** Every metric that a rule may name without declaring it. A config may declare more of its own. */
export const metrics: readonly Metric[] = metricGroups.flatMap((group) => group.metrics);

const byName: ReadonlyMap<string, Metric> = new Map(metrics.map((metric) => [metric.name, metric]));

/** A metric of the catalogue, by its CloudWatch name. */
export const findMetric = (name: string): Metric | undefined => byName.get(name);
