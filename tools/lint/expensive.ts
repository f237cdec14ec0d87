import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import { oncePer } from '../../core/once-per.ts';
import type { Rule } from '../../core/rules/rule.ts';
import { sayUsd } from '../cost/budget.ts';
import { priceOfRule } from '../cost/price-of-rule.ts';
import { onMetric } from './on-metric.ts';

/** The cost of one rule over all its targets, in USD a month, above which the user must accept it explicitly. */
const mostUsd = 100;

/** A rule on many targets has an alarm on each target, and a metric if the application publishes one. Reported once, for the first target. */
export const expensive = onMetric('expensive', (rule, target, document) => {
  const { first, count } = spreadsOf(document).get(keyOf(target, rule))!;
  if (first !== target) return undefined;
  const { alarm, metric } = priceOfRule(document, rule);
  const usd = count * (alarm + metric);
  return usd > mostUsd
    ? `has an alarm on each of ${count} targets, which costs ${sayUsd(usd)} a month. Publish the worst value of all targets as one metric and put the rule on that metric, or accept the cost`
    : undefined;
});

/** The number of targets of a kind that have a rule, and the first of them. */
interface Spread {
  first: Target;
  count: number;
}

const keyOf = ({ kind }: Target, { id }: Rule) => `${kind}/${id}`;

/** Computed once per document, because it is needed for every rule of every target. */
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
