import { type Alarm, alarmsOf } from '../../alarms/alarm.ts';
import { scheduleNamed } from '../../checks/schedules.ts';
import type { MonitoringDocument, Target } from '../../config/document.ts';
import { findWatch } from '../../incidents/watch.ts';
import { refreshOf } from '../../metrics/refresh.ts';
import { metricOf } from '../../metrics/registry.ts';
import { labelName } from './prometheus-words.ts';
import type { Watched } from './promql.ts';

/** An alarm, and how Prometheus would watch the same. */
export interface ExportedAlarm {
  alarm: Alarm;
  watched: Watched;
  /** Undefined for the heartbeat of a check, which is nobody's target. */
  target: Target | undefined;
}

/** Every alarm of a document: the rules on metrics, and the heartbeats of the checks. */
export const exportedAlarms = (document: MonitoringDocument): ExportedAlarm[] =>
  alarmsOf(document).map((alarm) => {
    const { audience } = alarm;
    const target = 'people' in audience ? findWatch(document, alarm.name)?.target : undefined;
    const metric = metricOf(document, alarm.metric.name);
    const watched: Watched = {
      ...conditionOf(alarm),
      series: metric.prometheus,
      counter: metric.prometheus.endsWith('_total'),
      labels: Object.fromEntries(
        Object.entries(alarm.metric.dimensions).map(([dimension, value]) => [labelName(dimension), value]),
      ),
      everySeconds: target ? refreshOf(metric, target) : everyOf(document, alarm),
      keepFiringSeconds: 'people' in audience ? (audience.people.keepFiringFor ?? 0) : 0,
    };
    return { alarm, watched, target };
  });

/** How often the schedule behind a heartbeat runs. */
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
