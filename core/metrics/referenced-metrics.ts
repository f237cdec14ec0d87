import { checkKindOf } from '../checks/checks.ts';
import type { Target } from '../definition/document.ts';
import type { Metric } from './metric.ts';
import { pipelineMetrics } from './pipeline-metrics.ts';

/**
 * Every metric that a deployment uses: the declared ones, those of its checks, those of its rules and the metrics that they
 * are derived from, and those of the pipeline. They are part of the document, so that nothing needs the catalogue at runtime.
 * @param own the metrics that the config declares
 * @param named returns a metric by its name; undefined if it does not exist, which validation reports
 */
export function referencedMetrics(
  targets: readonly Target[],
  own: readonly Metric[],
  named: (name: string) => Metric | undefined,
): Metric[] {
  const found = new Map<string, Metric>();
  const add = (metric: Metric | undefined): void => {
    if (!metric || found.has(metric.name)) return;
    found.set(metric.name, metric);
    if (metric.derivedFrom !== undefined) add(named(metric.derivedFrom));
  };
  own.forEach(add);
  const checks = new Set(targets.flatMap((target) => target.checks.map(({ check }) => check)));
  for (const check of checks) checkKindOf(check).metrics.forEach(add);
  for (const rule of targets.flatMap(({ rules }) => rules)) if (rule.type === 'metric') add(named(rule.metric));
  pipelineMetrics.forEach(add);
  return [...found.values()];
}
