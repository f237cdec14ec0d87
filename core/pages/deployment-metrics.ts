import type { MonitoringDocument, Target } from '../config/document.ts';
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
  const stated = new Map<number, string[]>();
  for (const { name, refresh } of targets) {
    const every = refresh?.[metric.name];
    if (every !== undefined) stated.set(every, [...(stated.get(every) ?? []), name]);
  }
  const said = [...stated].map(
    ([every, names]) =>
      `; every ${sayDuration(every)} on ${names.length > 3 ? `${names.length} targets` : names.join(', ')}`,
  );
  return said.length > 0 ? { ...metric, refresh: `${metric.refresh}${said.join('')}` } : metric;
}
