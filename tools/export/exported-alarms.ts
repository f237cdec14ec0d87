import { type Alarm, alarmsOf } from '../../core/alarms/alarm.ts';
import { scheduleNamed } from '../../core/checks/schedules.ts';
import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import { findWatchedRule } from '../../core/incidents/watched-rule.ts';
import type { Metric, PrometheusType } from '../../core/metrics/metric.ts';
import { metricOf } from '../../core/metrics/metric-of.ts';
import { refreshOf } from '../../core/metrics/refresh.ts';
import { isPerEvent } from '../lint/metric-words.ts';
import { labelName } from './prometheus-words.ts';
import type { Watched } from './promql.ts';

/** An alarm and its counterpart in Prometheus. */
export interface ExportedAlarm {
  alarm: Alarm;
  watched: Watched;
  /** Undefined for the heartbeat of a check, which has no target. */
  target: Target | undefined;
}

/** How Prometheus collects samples. */
export interface Scraping {
  /** How often it scrapes, in seconds. */
  scrapeSeconds: number;
}

/** A common value. The default of Prometheus itself is one minute. */
export const defaultScraping: Scraping = { scrapeSeconds: 15 };

/** All alarms of a document: the metric rules and the heartbeats of the checks. */
export const exportedAlarms = (
  document: MonitoringDocument,
  { scrapeSeconds }: Scraping = defaultScraping,
): ExportedAlarm[] =>
  alarmsOf(document).map((alarm) => {
    const { audience } = alarm;
    const target = 'people' in audience ? findWatchedRule(document, alarm.name)?.target : undefined;
    const metric = metricOf(document, alarm.metric.name);
    const watched: Watched = {
      ...conditionOf(alarm),
      ...inPrometheus(metric),
      scrapeSeconds,
      labels: Object.fromEntries(
        Object.entries(alarm.metric.dimensions).map(([dimension, value]) => [labelName(dimension), value]),
      ),
      everySeconds: target ? refreshOf(metric, target) : everyOf(document, alarm),
      keepFiringSeconds: 'people' in audience ? (audience.people.keepFiringFor ?? 0) : 0,
    };
    return { alarm, watched, target };
  });

/** The name and the type of a metric. The declared name may be the `_bucket` series of a histogram. */
function inPrometheus(metric: Metric): Pick<Watched, 'series' | 'type'> {
  const { prometheus, prometheusType: type = typeOf(metric) } = metric;
  return { type, series: type === 'histogram' ? prometheus.replace(/_bucket$/, '') : prometheus };
}

/** The default type of a metric. Durations and sizes of single events are histograms. */
function typeOf(metric: Metric): PrometheusType {
  if (metric.prometheus.endsWith('_total')) return 'counter';
  const isTimeOrSize = /(seconds|bytes)$/i.test(metric.unit);
  return metric.prometheus.endsWith('_bucket') || (isPerEvent(metric) && isTimeOrSize) ? 'histogram' : 'gauge';
}

/** The interval of the schedule of a heartbeat. */
const everyOf = (document: MonitoringDocument, { metric }: Alarm) =>
  scheduleNamed(document, metric.dimensions['Check'] ?? '')?.everySeconds;

const conditionOf = (alarm: Alarm) => ({
  statistic: alarm.statistic,
  comparison: alarm.comparison,
  threshold: alarm.threshold,
  periodSeconds: alarm.periodSeconds,
  evaluationPeriods: alarm.evaluationPeriods,
  datapointsToAlarm: alarm.datapointsToAlarm,
  missingData: alarm.missingData,
});
