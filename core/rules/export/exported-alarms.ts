import { type Alarm, alarmsOf } from '../../alarms/alarm.ts';
import { schedulesOf } from '../../checks/schedules.ts';
import type { MonitoringDocument, Target } from '../../config/document.ts';
import { findMetric } from '../../metrics/registry.ts';
import { labelName, prometheusName } from './prometheus-name.ts';
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
    const target =
      'people' in audience
        ? document.targets.find(({ kind, name }) => kind === audience.target.kind && name === audience.target.name)
        : undefined;
    const [[dimension, value]] = Object.entries(alarm.metric.dimensions) as [[string, string]];
    const watched: Watched = {
      ...conditionOf(alarm),
      series: prometheusName(findMetric(alarm.metric.name)!),
      label: { name: labelName(dimension), value },
      everySeconds: target ? refreshOf(alarm, target) : everyOf(document, value),
    };
    return { alarm, watched, target };
  });

/** How often the check of a target publishes an alarm's metric; undefined when no check does. */
function refreshOf(alarm: Alarm, target: Target): number | undefined {
  const source = findMetric(alarm.metric.name)?.source;
  return source && 'check' in source ? target.checks.find(({ check }) => check === source.check)?.every : undefined;
}

const everyOf = (document: MonitoringDocument, schedule: string) =>
  schedulesOf(document).find(({ id }) => id === schedule)?.everySeconds;

const conditionOf = (alarm: Alarm) => ({
  statistic: alarm.statistic,
  comparison: alarm.comparison,
  threshold: alarm.threshold,
  periodSeconds: alarm.periodSeconds,
  evaluationPeriods: alarm.evaluationPeriods,
  datapointsToAlarm: alarm.datapointsToAlarm,
  missingData: alarm.missingData,
});
