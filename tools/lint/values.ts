import { timeoutOf } from '../../core/checks/timeout.ts';
import type { Target } from '../../core/definition/document.ts';
import type { Metric } from '../../core/metrics/metric.ts';
import { refreshOf } from '../../core/metrics/refresh.ts';
import type { MetricRule } from '../../core/rules/rule.ts';
import { isPerEvent, isShareOfAll } from './metric-words.ts';

/** How many values a period has, of a metric with one value a refresh; undefined where nobody knows how often that is. */
function valuesIn(metric: Metric, target: Target, periodSeconds: number): number | undefined {
  const every = refreshOf(metric, target);
  return every === undefined || isPerEvent(metric) ? undefined : Math.max(1, Math.ceil(periodSeconds / every));
}

/** How many values of a metric a period has at most, where a check of ours measures it: once a run, and nobody else does. */
export const mostValues = (metric: Metric, target: Target, periodSeconds: number): number | undefined =>
  'check' in metric.source ? valuesIn(metric, target, periodSeconds) : undefined;

export interface Bounds {
  min: number;
  max: number;
}

/** Between which bounds a datapoint of a rule lies, as far as the metric is bounded. Without a value there is no datapoint. */
export function boundsOf(rule: MetricRule, metric: Metric, target: Target): Bounds {
  const { min, max } = rangeOf(metric);
  const most = mostValues(metric, target, rule.period) ?? Number.POSITIVE_INFINITY;
  if (rule.statistic === 'SampleCount') return { min: 1, max: most };
  if (rule.statistic === 'Sum') {
    const isHigh = rule.comparison === 'above' || rule.comparison === 'atOrAbove';
    // A 0 or 1 is one value a refresh. Where many publish it the Sum counts them, and people wait for few of them, not for many.
    const adds = isHigh && max <= 1 ? (valuesIn(metric, target, rule.period) ?? most) : most;
    return { min: min < 0 ? min * most : min, max: max > 0 ? max * adds : max };
  }
  const health = target.checks.find((check) => check.check === 'health');
  // A wait in vain counts as just over the timeout: nothing is ever slower.
  return rule.metric === 'ResponseSeconds' && health ? { min, max: timeoutOf(health) + 0.001 } : { min, max };
}

/** The range of single values: as declared; else that of a share of all, or of a size. */
function rangeOf(metric: Metric): Bounds {
  const isSize = /bytes|bits|count\/second/i.test(metric.unit);
  const [least, most] = isShareOfAll(metric)
    ? [0, 100]
    : [isSize ? 0 : Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return { min: metric.range?.min ?? least, max: metric.range?.max ?? most };
}
