import { checkKinds } from '../../core/checks/checks.ts';
import type { Metric } from '../../core/metrics/metric.ts';
import { pipelineMetrics } from '../../core/metrics/pipeline-metrics.ts';
import { apiMetrics } from './api.ts';
import { businessMetrics, datasetMetrics } from './business.ts';
import { containerMetrics, hostMetrics } from './host.ts';
import { modelMetrics, trainingMetrics } from './model.ts';

/** Metrics that belong together, under one heading of the glossary. */
export interface MetricGroup {
  title: string;
  metrics: readonly Metric[];
}

/** The metrics of the catalogue, in the order of the glossary. */
export const metricGroups: readonly MetricGroup[] = [
  ...checkKinds.map(
    ({ name, metrics }): MetricGroup => ({ title: `${name[0]!.toUpperCase()}${name.slice(1)} check`, metrics }),
  ),
  { title: 'API', metrics: apiMetrics },
  { title: 'Model', metrics: modelMetrics },
  { title: 'Training', metrics: trainingMetrics },
  { title: 'Users and features', metrics: businessMetrics },
  { title: 'Dataset', metrics: datasetMetrics },
  { title: 'Host', metrics: hostMetrics },
  { title: 'Containers', metrics: containerMetrics },
  { title: 'Tocsin itself', metrics: pipelineMetrics },
];

/** Every metric that a rule may name without declaring it. A config may declare more. */
export const metrics: readonly Metric[] = metricGroups.flatMap((group) => group.metrics);

const byName: ReadonlyMap<string, Metric> = new Map(metrics.map((metric) => [metric.name, metric]));

/** A metric of the catalogue, by its CloudWatch name. */
export const findMetric = (name: string): Metric | undefined => byName.get(name);
