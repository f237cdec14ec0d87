import { type MetricGroup, metricGroups } from '../../catalog/metrics/catalogue.ts';
import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import { groupBy } from '../../core/group-by.ts';
import type { Metric } from '../../core/metrics/metric.ts';
import { formatDuration } from '../../core/time/duration.ts';

/** The metrics of a deployment: its own metrics, and the others that the document refers to, in the order of the catalogue. */
export function groupsOf({ metrics: referenced, targets }: MonitoringDocument): MetricGroup[] {
  const names = new Set(referenced.map(({ name }) => name));
  const own = referenced.filter((metric) => metric.own);
  return [{ title: 'Your own metrics', metrics: own }, ...metricGroups]
    .map(({ title, metrics }) => ({
      title,
      metrics: metrics.filter(({ name }) => names.has(name)).map((metric) => withStatedRefresh(metric, targets)),
    }))
    .filter(({ metrics }) => metrics.length > 0);
}

/** A metric with the refresh intervals that targets declare. */
function withStatedRefresh(metric: Metric, targets: readonly Target[]): Metric {
  const refreshOn = ({ refresh }: Target) => refresh?.[metric.name];
  const byInterval = groupBy(
    targets.filter((target) => refreshOn(target) !== undefined),
    (target) => refreshOn(target)!,
  );
  const declared = [...byInterval].map(
    ([every, on]) =>
      `; every ${formatDuration(every)} on ${on.length > 3 ? `${on.length} targets` : on.map(({ name }) => name).join(', ')}`,
  );
  return declared.length > 0 ? { ...metric, refresh: `${metric.refresh}${declared.join('')}` } : metric;
}
