import type { MonitoringDocument } from '../../core/definition/document.ts';
import { formatThreshold, readingUnit } from '../../core/metrics/format-value.ts';
import { metricOf } from '../../core/metrics/metric-of.ts';
import type { MetricRule } from '../../core/rules/rule.ts';
import type { Lint } from './finding.ts';
import { betterOf, isUsage } from './metric-words.ts';
import { onMetric } from './on-metric.ts';
import { type Bounds, boundsOf } from './values.ts';

/** Whether a rule fires at low values. */
export const isBelow = ({ comparison }: Pick<MetricRule, 'comparison'>) =>
  comparison === 'below' || comparison === 'atOrBelow';
const isStrict = ({ comparison }: MetricRule) => comparison === 'below' || comparison === 'above';

/** The threshold of a rule with its unit. */
export const sayLimitOf = (rule: MetricRule, document: MonitoringDocument) =>
  formatThreshold(rule.threshold, readingUnit(metricOf(document, rule.metric).unit, rule.statistic));

/** What a rule evaluates: `ServiceUp`, or `the Sum of ServiceUp` if a single value may have another range. */
const sayReading = ({ statistic, metric }: MetricRule) =>
  statistic === 'Sum' || statistic === 'SampleCount' ? `the ${statistic} of ${metric}` : metric;

/** Whether none, all or some of the values within the bounds breach. */
function breachesOf(rule: MetricRule, { min, max }: Bounds): 'none' | 'all' | 'some' {
  const { threshold } = rule;
  const [bad, good] = isBelow(rule) ? [min, max] : [max, min];
  const beyond = (bound: number) => (isBelow(rule) ? threshold < bound : threshold > bound);
  if (beyond(bad) || (isStrict(rule) && threshold === bad)) return 'none';
  return !beyond(good) && (threshold !== good || !isStrict(rule)) ? 'all' : 'some';
}

const neverFires = onMetric('never-fires', (rule, target, document) => {
  const bounds = boundsOf(rule, metricOf(document, rule.metric), target);
  // A heartbeat: no value breaches, but missing data does.
  if (breachesOf(rule, bounds) !== 'none' || (isBelow(rule) && rule.missingData === 'breaching')) return undefined;
  if (rule.statistic === 'SampleCount' && isBelow(rule))
    return "can never fire: a period without a sample has no datapoint, so a SampleCount is never below 1. Use missingData: 'breaching' to be notified of missing data";
  const bound = isBelow(rule) ? `below ${bounds.min}` : `above ${bounds.max}`;
  return `can never fire: ${sayReading(rule)} is never ${bound} on this target, and the threshold is ${sayLimitOf(rule, document)}. Move the threshold into the range`;
});

const alwaysFires = onMetric('always-fires', (rule, target, document) => {
  const { min, max } = boundsOf(rule, metricOf(document, rule.metric), target);
  if (breachesOf(rule, { min, max }) !== 'all') return undefined;
  const between = max === Number.POSITIVE_INFINITY ? `is ${min} or more` : `is between ${min} and ${max}`;
  return `always fires: every value of ${sayReading(rule)} ${between}, and the threshold is ${sayLimitOf(rule, document)}. Move the threshold into the range`;
});

/** A threshold in the wrong direction: free space above, errors below. Allowed in tier info. */
const wrongDirection = onMetric('wrong-direction', (rule, target, document) => {
  const metric = metricOf(document, rule.metric);
  if (breachesOf(rule, boundsOf(rule, metric, target)) !== 'some') return undefined;
  // A negative threshold inverts the meaning: a drop of -50 % is a rise.
  if (rule.tier === 'info' || rule.statistic === 'SampleCount' || (isBelow(rule) && rule.threshold < 0))
    return undefined;
  const better = isUsage(metric) && isBelow(rule) && rule.threshold >= 50 ? 'lower' : betterOf(metric);
  if (better !== (isBelow(rule) ? 'lower' : 'higher')) return undefined;
  const [is, other] = isBelow(rule) ? ['below', 'above'] : ['above', 'below'];
  return `fires while ${rule.metric} is ${is} ${sayLimitOf(rule, document)}, but ${better} values are better. Use comparison: '${other}', or declare better: for your own metric`;
});

/** Lint checks of the threshold of a rule. */
export const thresholdLints: readonly Lint[] = [neverFires, alwaysFires, wrongDirection];
