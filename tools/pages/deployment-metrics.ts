import { type MetricGroup, metricGroups } from '../../catalog/metrics/catalogue.ts';
import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import { groupBy } from '../../core/group-by.ts';
import type { Metric } from '../../core/metrics/metric.ts';
import { formatDuration } from '../../core/time/duration.ts';

/** The metrics of a deployment: its own, and those that the document refers to, in the order of the catalogue. */
export function groupsOf({ metrics: referenced, targets }: MonitoringDocument): MetricGroup[] {
  const names = new Set(referenced.map(({ name }) => name));
  const own = referenced.filter((metric) => metric.own);
  return [{ title: 'Of your own', metrics: own }, ...metricGroups]
    .map(({ title, metrics }) => ({
      title,
      metrics: metrics.filter(({ name }) => names.has(name)).map((metric) => withStatedRefresh(metric, targets)),
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
      `; every ${formatDuration(every)} on ${on.length > 3 ? `${on.length} targets` : on.map(({ name }) => name).join(', ')}`,
  );
  return said.length > 0 ? { ...metric, refresh: `${metric.refresh}${said.join('')}` } : metric;
}
