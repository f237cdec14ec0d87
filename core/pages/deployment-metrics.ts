import type { MonitoringDocument } from '../config/document.ts';
import { type MetricGroup, metricGroups } from '../metrics/registry.ts';

/** The metrics that a deployment has: its own, what its checks publish, what its rules read, and Tocsin's heartbeats. */
export function groupsOf({ metrics: own, targets }: MonitoringDocument): MetricGroup[] {
  const read = new Set(
    targets.flatMap(({ rules }) => rules.flatMap((rule) => (rule.type === 'metric' ? [rule.metric] : []))),
  );
  const checks = new Set<string>(targets.flatMap((target) => target.checks.map(({ check }) => check)));
  return [{ title: 'Of your own', metrics: own }, ...metricGroups]
    .map(({ title, metrics }) => ({
      title,
      metrics: metrics.filter(
        (metric) =>
          own.includes(metric) ||
          metric.of === 'check' ||
          read.has(metric.name) ||
          ('check' in metric.source && checks.has(metric.source.check)),
      ),
    }))
    .filter(({ metrics }) => metrics.length > 0);
}
