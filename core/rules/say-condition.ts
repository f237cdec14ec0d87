import { windowOf } from '../alarms/alarm.ts';
import type { MonitoringDocument } from '../definition/document.ts';
import { formatThreshold, readingUnit } from '../metrics/format-value.ts';
import { metricOf } from '../metrics/metric-of.ts';
import { formatDuration } from '../time/duration.ts';
import type { Rule } from './rule.ts';

const signs = { below: '<', atOrBelow: '<=', above: '>', atOrAbove: '>=' } as const;

/** Formats the condition of a rule on one line: `ServiceUp (Maximum of 1 min) < 1, 3 of 3`, or `when batch run failed`. */
export function sayCondition(document: Pick<MonitoringDocument, 'metrics'>, rule: Rule): string {
  if (rule.type === 'event') return `when ${rule.event.replaceAll('-', ' ')}`;
  const { periodSeconds, evaluationPeriods } = windowOf(rule);
  const limit = formatThreshold(rule.threshold, readingUnit(metricOf(document, rule.metric).unit, rule.statistic));
  return `${rule.metric} (${rule.statistic} of ${formatDuration(periodSeconds)}) ${signs[rule.comparison]} ${limit}, ${rule.datapointsToAlarm ?? evaluationPeriods} of ${evaluationPeriods}`;
}
