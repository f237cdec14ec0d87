import { timeoutOf } from '../../checks/timeout.ts';
import type { Target } from '../../config/document.ts';
import type { Metric } from '../../metrics/metric.ts';
import { refreshOf } from '../../metrics/refresh.ts';
import type { MetricRule } from '../rule.ts';
import { isPerEvent } from './metric-words.ts';

/**
 * How many values of a metric a period has at most; undefined where nobody can know. A check of ours measures once a run;
 * what says yes or no, or a share of 1, is a level with one value a refresh.
 */
export function mostValues(metric: Metric, target: Target, periodSeconds: number): number | undefined {
  const every = refreshOf(metric, target);
  if (every === undefined || isPerEvent(metric)) return undefined;
  const isLevel = 'check' in metric.source || metric.yesOrNo || (metric.unit === 'None' && metric.range?.max === 1);
  return isLevel ? Math.max(1, Math.ceil(periodSeconds / every)) : undefined;
}

export interface Bounds {
  min: number;
  max: number;
}

/** Between which bounds a datapoint of a rule lies, as far as the metric is bounded. Without a value there is no datapoint. */
export function boundsOf(rule: MetricRule, metric: Metric, target: Target): Bounds {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = metric.range ?? {};
  const most = mostValues(metric, target, rule.period) ?? Number.POSITIVE_INFINITY;
  if (rule.statistic === 'SampleCount') return { min: 1, max: most };
  if (rule.statistic === 'Sum') return { min: min < 0 ? min * most : min, max: max > 0 ? max * most : max };
  const health = target.checks.find((check) => check.check === 'health');
  // A wait in vain counts as just over the timeout: nothing is ever slower.
  return rule.metric === 'ResponseSeconds' && health ? { min, max: timeoutOf(health) + 0.001 } : { min, max };
}
