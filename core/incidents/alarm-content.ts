import type { AlarmTransition } from '../../events/alarm-transition.ts';
import { windowOf } from '../alarms/alarm.ts';
import { breaches } from '../alarms/evaluate.ts';
import { availabilityMetric } from '../checks/availability.ts';
import type { MonitoringDocument } from '../definition/document.ts';
import { formatThreshold, formatValue, readingUnit } from '../metrics/format-value.ts';
import { metricOf } from '../metrics/metric-of.ts';
import type { Comparison, MetricRule } from '../rules/rule.ts';
import { formatDuration } from '../time/duration.ts';
import type { Evidence } from './evidence.ts';
import { audienceOf, contentOf, deploymentOf, type NotificationContent } from './notification-content.ts';
import type { WatchedMetricRule } from './watched-rule.ts';

/** The notification content of a metric rule for a state transition of its alarm, and when the problem began. */
export function alarmContent(
  document: MonitoringDocument,
  watched: WatchedMetricRule,
  transition: AlarmTransition,
  { breachingSince }: Pick<Evidence, 'breachingSince'> = {},
): NotificationContent {
  const { rule } = watched;
  const content = ruleContent(document, watched, transition);
  const breaching = transition.datapoints.filter((point) => breaches(rule, point.value)).map(({ at }) => at);
  const began = [...breaching, breachingSince].filter((at) => at !== undefined);
  return {
    ...content,
    subject: {
      ...content.subject,
      ...(began.length === 0 ? {} : { startedAt: Math.min(...began) }),
      ...(rule.metric === availabilityMetric ? { down: true } : {}),
    },
  };
}

function ruleContent(
  document: MonitoringDocument,
  watched: WatchedMetricRule,
  transition: AlarmTransition,
): NotificationContent {
  const { rule, target } = watched;
  const metric = metricOf(document, rule.metric);
  const unit = readingUnit(metric.unit, rule.statistic);
  const value = transition.value === undefined ? undefined : formatValue(transition.value, unit, rule.threshold);
  const threshold = formatThreshold(rule.threshold, unit);
  const { periodSeconds, evaluationPeriods } = windowOf(rule);
  const words = { target: target.name, value, threshold, for: formatDuration(periodSeconds * evaluationPeriods) };
  // A yes-or-no value adds no information to the title. An average of such values does.
  const isYesOrNo = metric.yesOrNo && (rule.statistic === 'Maximum' || rule.statistic === 'Minimum');
  const limit = `${inWords[rule.comparison]} ${threshold}${evaluationPeriods > 1 ? ` for ${words.for}` : ''}`;
  const numbers = isYesOrNo ? {} : { value, threshold: limit };
  if (value !== undefined || !rule.description.includes('{{value}}'))
    return contentOf(document, watched, words, numbers);
  const described = { ...watched, rule: { ...rule, description: withoutValue } };
  return contentOf(document, described, { ...words, ...valueless(rule) }, numbers);
}

/** The description when no value is known: missing data is treated as breaching, or the signal contains no datapoint. */
const withoutValue = '{{metric}} of {{target}} is {{comparison}} {{threshold}} for {{for}}, or has no values.';
const valueless = ({ metric, comparison }: MetricRule) => ({ metric, comparison: inWords[comparison] });

const inWords: Record<Comparison, string> = {
  below: 'below',
  atOrBelow: 'at or below',
  above: 'above',
  atOrAbove: 'at or above',
};

/** The content for an alarm without a rule in the config. People are notified, so that no alert is lost. */
export const unknownAlarmContent = (
  document: MonitoringDocument,
  { alarm, reason }: AlarmTransition,
): NotificationContent => ({
  subject: {
    tier: 'high',
    deployment: deploymentOf(document),
    target: { kind: 'service', name: alarm.slice(0, 200) },
    alarm,
    title: `Alarm ${alarm} is not in the config`,
    description: reason.slice(0, 1000),
    actions: ['Remove the alarm, or add a rule for it to the config.'],
  },
  audience: audienceOf(document, 'high', undefined),
});
