import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import { oncePer } from '../../core/once-per.ts';
import type { Rule } from '../../core/rules/rule.ts';
import { sayUsd } from '../cost/budget.ts';
import { priceOfRule } from '../cost/price-of-rule.ts';
import { onMetric } from './on-metric.ts';

/** What one rule, over all its targets, may cost a month before somebody should have decided so, in USD. */
const dear = 100;

/** A rule that stands on many targets has an alarm on each, and a metric where the application publishes one for it. Said once. */
export const costsMuch = onMetric('costs-much', (rule, target, document) => {
  const { first, count } = spreadsOf(document).get(keyOf(target, rule))!;
  if (first !== target) return undefined;
  const { alarm, metric } = priceOfRule(document, rule);
  const usd = count * (alarm + metric);
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

/** Asked for every rule of every target. */
const spreadsOf = oncePer((document: MonitoringDocument): ReadonlyMap<string, Spread> => {
  const counted = new Map<string, Spread>();
  for (const target of document.targets) {
    for (const rule of target.rules) {
      const spread = counted.get(keyOf(target, rule)) ?? { first: target, count: 0 };
      counted.set(keyOf(target, rule), { ...spread, count: spread.count + 1 });
    }
  }
  return counted;
});
