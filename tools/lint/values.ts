import { timeoutOf } from '../../core/checks/timeout.ts';
import type { Target } from '../../core/definition/document.ts';
import type { Metric } from '../../core/metrics/metric.ts';
import { refreshOf } from '../../core/metrics/refresh.ts';
import type { MetricRule } from '../../core/rules/rule.ts';
import { isPerEvent, isShareOfAll } from './metric-words.ts';

/** The number of values in a period of a metric with one value per refresh; undefined if the refresh interval is not known. */
function valuesIn(metric: Metric, target: Target, periodSeconds: number): number | undefined {
  const every = refreshOf(metric, target);
  return every === undefined || isPerEvent(metric) ? undefined : Math.max(1, Math.ceil(periodSeconds / every));
}

/** The maximum number of values in a period of a metric that one of our checks measures: one per run. Undefined for other metrics. */
export const mostValues = (metric: Metric, target: Target, periodSeconds: number): number | undefined =>
  'check' in metric.source ? valuesIn(metric, target, periodSeconds) : undefined;

export interface Bounds {
  min: number;
  max: number;
}

/** The minimum and maximum of a datapoint of a rule; infinite if the metric has no limit. A period without a value has no datapoint. */
export function boundsOf(rule: MetricRule, metric: Metric, target: Target): Bounds {
  const { min, max } = rangeOf(metric);
  const most = mostValues(metric, target, rule.period) ?? Number.POSITIVE_INFINITY;
  if (rule.statistic === 'SampleCount') return { min: 1, max: most };
  if (rule.statistic === 'Sum') {
    const isHigh = rule.comparison === 'above' || rule.comparison === 'atOrAbove';
    // A metric of 0 or 1 has one value per refresh. If many tasks publish it, the Sum counts them, and rules fire at few, not at many.
    const adds = isHigh && max <= 1 ? (valuesIn(metric, target, rule.period) ?? most) : most;
    return { min: min < 0 ? min * most : min, max: max > 0 ? max * adds : max };
  }
  const health = target.checks.find((check) => check.check === 'health');
  // A request that times out counts as just over the timeout, so no value is larger.
  return rule.metric === 'ResponseSeconds' && health ? { min, max: timeoutOf(health) + 0.001 } : { min, max };
}

/** The range of single values: as declared, or else that of a share of the whole or of a size. */
function rangeOf(metric: Metric): Bounds {
  const isSize = /bytes|bits|count\/second/i.test(metric.unit);
  const [lowest, highest] = isShareOfAll(metric)
    ? [0, 100]
    : [isSize ? 0 : Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return { min: metric.range?.min ?? lowest, max: metric.range?.max ?? highest };
}
