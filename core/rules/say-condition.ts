import type { Alarm } from '../alarms/alarm.ts';
import { findMetric } from '../metrics/registry.ts';
import { sayValue } from '../metrics/say-value.ts';
import { sayDuration } from '../time/duration.ts';

const inWords = { below: '<', atOrBelow: '<=', above: '>', atOrAbove: '>=' } as const;

/** When an alarm fires: `ServiceUp (Maximum of 1 min) < 1, 3 of 3`. */
export function sayCondition(alarm: Alarm): string {
  const unit = findMetric(alarm.metric.name)?.unit ?? 'None';
  return `${alarm.metric.name} (${alarm.statistic} of ${sayDuration(alarm.periodSeconds)}) ${inWords[alarm.comparison]} ${sayValue(alarm.threshold, unit)}, ${alarm.datapointsToAlarm} of ${alarm.evaluationPeriods}`;
}
