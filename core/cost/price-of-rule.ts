import type { MonitoringDocument } from '../config/document.ts';
import { metricOf } from '../metrics/metric-of.ts';
import type { Rule } from '../rules/rule.ts';
import { defaultCostSettings } from './cost-settings.ts';
import { alarmPrice, priceOf } from './prices.ts';

/** Whether a rule makes the application publish a metric, which is then billed. */
export const asksForMetric = (document: MonitoringDocument, rule: Rule): boolean =>
  rule.type === 'metric' && 'application' in metricOf(document, rule.metric).source;

/** What a rule costs on one target, in USD a month: its alarm, and the metric that it asks the application for. */
export function priceOfRule(document: MonitoringDocument, rule: Rule): { alarm: number; metric: number } {
  const { prices } = document.cost ?? defaultCostSettings;
  return {
    alarm: rule.type === 'metric' ? priceOf(alarmPrice(rule.period), prices) : 0,
    metric: asksForMetric(document, rule) ? priceOf('metric', prices) : 0,
  };
}
