import { windowOf } from '../../alarms/alarm.ts';
import type { Target } from '../../config/document.ts';
import { findMetric } from '../../metrics/registry.ts';
import { sayValue } from '../../metrics/say-value.ts';
import { sayDuration } from '../../time/duration.ts';
import type { MetricRule } from '../rule.ts';
import type { Lint } from './finding.ts';

/** A look at rules on metrics only. */
const onMetric = (code: Lint['code'], look: (rule: MetricRule, target: Target) => string | undefined): Lint => ({
  code,
  look: (rule, target) => (rule.type === 'metric' ? look(rule, target) : undefined),
});

/** The range of a statistic of the rule's metric on a target, as far as it is bounded. */
function rangeOf(rule: MetricRule, target: Target): { min: number; max: number } {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = findMetric(rule.metric)?.range ?? {};
  if (rule.statistic === 'Sum' || rule.statistic === 'SampleCount')
    return { min: Math.min(0, min), max: Number.POSITIVE_INFINITY };
  const health = target.checks.find((check) => check.check === 'health');
  // A wait in vain counts as just over the timeout: nothing is ever slower.
  return rule.metric === 'ResponseSeconds' && health && 'timeout' in health
    ? { min, max: health.timeout + 0.001 }
    : { min, max };
}

const isBelow = ({ comparison }: MetricRule) => comparison === 'below' || comparison === 'atOrBelow';
const isStrict = ({ comparison }: MetricRule) => comparison === 'below' || comparison === 'above';
const limitOf = (rule: MetricRule) => sayValue(rule.threshold, findMetric(rule.metric)?.unit ?? 'None');

const neverFires = onMetric('never-fires', (rule, target) => {
  const { min, max } = rangeOf(rule, target);
  const never = isBelow(rule)
    ? rule.threshold < min || (isStrict(rule) && rule.threshold === min)
    : rule.threshold > max || (isStrict(rule) && rule.threshold === max);
  if (!never) return undefined;
  const bound = isBelow(rule) ? `below ${min}` : `above ${max}`;
  return `can never fire: ${rule.metric} is never ${bound} here, and the limit is ${limitOf(rule)}. Move the threshold inside`;
});

const alwaysFires = onMetric('always-fires', (rule, target) => {
  const { min, max } = rangeOf(rule, target);
  const always = isBelow(rule)
    ? rule.threshold > max || (!isStrict(rule) && rule.threshold === max)
    : rule.threshold < min || (!isStrict(rule) && rule.threshold === min);
  return always
    ? `always fires: every value of ${rule.metric} lies between ${min} and ${max}, and the limit is ${limitOf(rule)}. Move the threshold inside`
    : undefined;
});

const silenceIsHealth = onMetric('silence-is-health', (rule) =>
  isBelow(rule) && rule.missingData === 'notBreaching'
    ? "takes missing data for good values: when the metric stops, so does the alarm. Write missingData: 'missing', or 'breaching' for a heartbeat"
    : undefined,
);

const percentileOfFew = onMetric('percentile-of-few', (rule, target) => {
  if (!rule.statistic.startsWith('p')) return undefined;
  const percentile = Number(rule.statistic.slice(1));
  const needed = Math.ceil(100 / Math.max(0.01, Math.min(percentile, 100 - percentile)));
  const source = findMetric(rule.metric)?.source;
  const every = target.checks.find((check) => source && 'check' in source && check.check === source.check)?.every ?? 60;
  const samples = Math.floor(windowOf(rule, target).periodSeconds / every);
  return samples < needed
    ? `is a ${rule.statistic} of ${samples} values: it takes ${needed} for it to differ from the maximum or minimum. Use Maximum or Average, or a longer period`
    : undefined;
});

const duplicate: Lint = {
  code: 'duplicate',
  look(rule, target) {
    if (rule.type !== 'metric') return undefined;
    const same = target.rules.find(
      (other, i) =>
        other.type === 'metric' &&
        i < target.rules.indexOf(rule) &&
        conditionOf(other, target) === conditionOf(rule, target),
    );
    return same && `has the same condition as ${same.id}: people hear everything twice. Remove one of them`;
  },
};

const conditionOf = (rule: MetricRule, target: Target) =>
  JSON.stringify([
    rule.metric,
    rule.statistic,
    rule.comparison,
    rule.threshold,
    windowOf(rule, target),
    rule.datapointsToAlarm,
  ]);

/** How long a critical rule may take to fire, in seconds. */
const latestCritical = 15 * 60;

const firesLate = onMetric('fires-late', (rule, target) => {
  const { periodSeconds, evaluationPeriods } = windowOf(rule, target);
  const takes = periodSeconds * evaluationPeriods;
  return rule.tier === 'critical' && takes > latestCritical
    ? `is critical and takes ${sayDuration(takes)} to fire. Shorten "for", check more often, or lower the tier`
    : undefined;
});

const nobodyDoes: Lint = {
  code: 'nobody-does',
  look: (rule) =>
    rule.tier === 'critical' && rule.actions.length === 0
      ? 'is critical and names no action: who is woken must read what to do. Add actions'
      : undefined,
};

/** Everything that is looked for. */
export const lints: readonly Lint[] = [
  neverFires,
  alwaysFires,
  silenceIsHealth,
  percentileOfFew,
  duplicate,
  firesLate,
  nobodyDoes,
];
