import { defaultCostSettings } from '../../core/definition/cost-settings.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { alarmPrice, priceOf } from '../../core/definition/prices.ts';
import { metricOf } from '../../core/metrics/metric-of.ts';
import type { Rule } from '../../core/rules/rule.ts';

/** Whether a rule needs a metric that the application publishes, which is then billed. */
export const needsMetric = (document: MonitoringDocument, rule: Rule): boolean =>
  rule.type === 'metric' && 'application' in metricOf(document, rule.metric).source;

/** The cost of a rule on one target, in USD a month: its alarm, and the metric that it needs from the application. */
export function priceOfRule(document: MonitoringDocument, rule: Rule): { alarm: number; metric: number } {
  const { prices } = document.cost ?? defaultCostSettings;
  return {
    alarm: rule.type === 'metric' ? priceOf(alarmPrice(rule.period), prices) : 0,
    metric: needsMetric(document, rule) ? priceOf('metric', prices) : 0,
  };
}
