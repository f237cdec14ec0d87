import type { MonitoringDocument, Target } from '../../config/document.ts';
import { sayUsd } from '../../cost/budget.ts';
import { defaultCostSettings } from '../../cost/cost-settings.ts';
import { alarmPrice, priceOf } from '../../cost/prices.ts';
import { metricOf } from '../../metrics/registry.ts';
import type { MetricRule, Rule } from '../rule.ts';
import { onMetric } from './on-metric.ts';

/** What one rule, over all its targets, may cost a month before somebody should have decided so, in USD. */
const dear = 100;

/** A rule that stands on many targets has an alarm on each, and a metric where the application publishes one for it. Said once. */
export const costsMuch = onMetric('costs-much', (rule, target, document) => {
  const { first, count } = spreadsOf(document).get(keyOf(target, rule))!;
  if (first !== target) return undefined;
  const usd = count * priceOfOne(rule, document);
  return usd > dear
    ? `stands on ${count} targets, each with an alarm of its own: ${sayUsd(usd)} a month. Publish the worst of them as one metric and watch that, or accept the price`
    : undefined;
});

/** How many targets of a kind a rule stands on, and which is the first. */
interface Spread {
  first: Target;
  count: number;
}

const keyOf = ({ kind }: Target, { id }: Rule) => `${kind}/${id}`;

/** Counted once a document: every rule of every target asks. */
const spreads = new WeakMap<MonitoringDocument, ReadonlyMap<string, Spread>>();

function spreadsOf(document: MonitoringDocument): ReadonlyMap<string, Spread> {
  const known = spreads.get(document);
  if (known) return known;
  const counted = new Map<string, Spread>();
  for (const target of document.targets) {
    for (const rule of target.rules) {
      const spread = counted.get(keyOf(target, rule)) ?? { first: target, count: 0 };
      counted.set(keyOf(target, rule), { ...spread, count: spread.count + 1 });
    }
  }
  spreads.set(document, counted);
  return counted;
}

function priceOfOne(rule: MetricRule, document: MonitoringDocument): number {
  const { prices } = document.cost ?? defaultCostSettings;
  const asksForMetric = 'application' in metricOf(document, rule.metric).source;
  return priceOf(alarmPrice(rule.period), prices) + (asksForMetric ? priceOf('metric', prices) : 0);
}
