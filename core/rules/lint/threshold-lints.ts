import { timeoutOf } from '../../checks/timeout.ts';
import type { MonitoringDocument, Target } from '../../config/document.ts';
import { metricOf } from '../../metrics/registry.ts';
import { sayValue } from '../../metrics/say-value.ts';
import type { MetricRule } from '../rule.ts';
import type { Lint } from './finding.ts';
import { onMetric } from './on-metric.ts';

/** Whether small values are the bad ones. */
export const isBelow = ({ comparison }: Pick<MetricRule, 'comparison'>) =>
  comparison === 'below' || comparison === 'atOrBelow';
const isStrict = ({ comparison }: MetricRule) => comparison === 'below' || comparison === 'above';

/** The range of a statistic of the rule's metric on a target, as far as it is bounded. */
function rangeOf(rule: MetricRule, target: Target, document: MonitoringDocument): { min: number; max: number } {
  const { range } = metricOf(document, rule.metric);
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = range ?? {};
  if (rule.statistic === 'Sum' || rule.statistic === 'SampleCount')
    return { min: Math.min(0, min), max: Number.POSITIVE_INFINITY };
  const health = target.checks.find((check) => check.check === 'health');
  // A wait in vain counts as just over the timeout: nothing is ever slower.
  return rule.metric === 'ResponseSeconds' && health ? { min, max: timeoutOf(health) + 0.001 } : { min, max };
}

const limitOf = (rule: MetricRule, document: MonitoringDocument) =>
  sayValue(rule.threshold, metricOf(document, rule.metric).unit);

const neverFires = onMetric('never-fires', (rule, target, document) => {
  const { min, max } = rangeOf(rule, target, document);
  const never = isBelow(rule)
    ? rule.threshold < min || (isStrict(rule) && rule.threshold === min)
    : rule.threshold > max || (isStrict(rule) && rule.threshold === max);
  if (!never) return undefined;
  const bound = isBelow(rule) ? `below ${min}` : `above ${max}`;
  return `can never fire: ${rule.metric} is never ${bound} here, and the limit is ${limitOf(rule, document)}. Move the threshold inside`;
});

const alwaysFires = onMetric('always-fires', (rule, target, document) => {
  const { min, max } = rangeOf(rule, target, document);
  const always = isBelow(rule)
    ? rule.threshold > max || (!isStrict(rule) && rule.threshold === max)
    : rule.threshold < min || (!isStrict(rule) && rule.threshold === min);
  return always
    ? `always fires: every value of ${rule.metric} lies between ${min} and ${max}, and the limit is ${limitOf(rule, document)}. Move the threshold inside`
    : undefined;
});

/** A share where percent are meant (0.05 for 5 %), or milliseconds where seconds are (500 for half a second). */
const unitMismatch = onMetric('unit-mismatch', (rule, _, document) => {
  if (rule.statistic === 'SampleCount') return undefined;
  const { unit } = metricOf(document, rule.metric);
  if (unit === 'Percent' && rule.threshold > 0 && rule.threshold < 1)
    return `has the limit ${limitOf(rule, document)}: ${rule.metric} is in percent, 0 to 100, and not a share of 1. Did you mean ${Number((rule.threshold * 100).toPrecision(6))}?`;
  if (unit === 'Seconds' && rule.statistic !== 'Sum' && rule.threshold >= 100 && rule.threshold % 50 === 0)
    return `has the limit ${limitOf(rule, document)}: ${rule.metric} is in seconds, not in milliseconds. Did you mean ${rule.threshold / 1000}?`;
  return undefined;
});

/** What can be wrong with where a limit lies. */
export const thresholdLints: readonly Lint[] = [neverFires, alwaysFires, unitMismatch];
