import type { MonitoringDocument } from '../../config/document.ts';
import { sayUsd } from '../../cost/budget.ts';
import { defaultCostSettings } from '../../cost/cost-settings.ts';
import { alarmPrice, priceOf } from '../../cost/prices.ts';
import { metricOf } from '../../metrics/registry.ts';
import type { MetricRule } from '../rule.ts';
import { onMetric } from './on-metric.ts';

/** What one rule, over all its targets, may cost a month before somebody should have decided so, in USD. */
const dear = 100;

/** A rule that stands on many targets has an alarm on each, and a metric where the application publishes one for it. Said once. */
export const costsMuch = onMetric('costs-much', (rule, target, document) => {
  const targets = document.targets.filter(({ kind, rules }) => kind === target.kind && rules.some(same(rule)));
  const usd = targets.length * priceOfOne(rule, document);
  return targets[0] === target && usd > dear
    ? `stands on ${targets.length} targets, each with an alarm of its own: ${sayUsd(usd)} a month. Publish the worst of them as one metric and watch that, or accept the price`
    : undefined;
});

const same = (rule: MetricRule) => (other: { id: string }) => other.id === rule.id;

function priceOfOne(rule: MetricRule, document: MonitoringDocument): number {
  const { prices } = document.cost ?? defaultCostSettings;
  const asksForMetric = 'application' in metricOf(document, rule.metric).source;
  return priceOf(alarmPrice(rule.period), prices) + (asksForMetric ? priceOf('metric', prices) : 0);
}
