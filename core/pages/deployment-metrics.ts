import type { MonitoringDocument, Target } from '../config/document.ts';
import { groupBy } from '../group-by.ts';
import type { Metric } from '../metrics/metric.ts';
import { type MetricGroup, metricGroups } from '../metrics/registry.ts';
import { sayDuration } from '../time/duration.ts';

/** The metrics that a deployment has: its own, what its checks publish, what its rules read, and Tocsin's heartbeats. */
export function groupsOf({ metrics: own, targets }: MonitoringDocument): MetricGroup[] {
  const read = new Set(
    targets.flatMap(({ rules }) => rules.flatMap((rule) => (rule.type === 'metric' ? [rule.metric] : []))),
  );
  const checks = new Set<string>(targets.flatMap((target) => target.checks.map(({ check }) => check)));
  return [{ title: 'Of your own', metrics: own }, ...metricGroups]
    .map(({ title, metrics }) => ({
      title,
      metrics: metrics
        .filter(
          (metric) =>
            own.includes(metric) ||
            metric.of === 'check' ||
            read.has(metric.name) ||
            ('check' in metric.source && checks.has(metric.source.check)),
        )
        .map((metric) => withStatedRefresh(metric, targets)),
    }))
    .filter(({ metrics }) => metrics.length > 0);
}

/** A metric with the refresh that targets state of their own. */
function withStatedRefresh(metric: Metric, targets: readonly Target[]): Metric {
  const refreshOn = ({ refresh }: Target) => refresh?.[metric.name];
  const stated = groupBy(
    targets.filter((target) => refreshOn(target) !== undefined),
    (target) => refreshOn(target)!,
  );
  const said = [...stated].map(
    ([every, on]) =>
      `; every ${sayDuration(every)} on ${on.length > 3 ? `${on.length} targets` : on.map(({ name }) => name).join(', ')}`,
  );
  return said.length > 0 ? { ...metric, refresh: `${metric.refresh}${said.join('')}` } : metric;
}
