import { windowOf } from '../../alarms/alarm.ts';
import { significantSamples } from '../../alarms/few-samples.ts';
import { metricOf } from '../../metrics/registry.ts';
import { sayDuration } from '../../time/duration.ts';
import type { MetricRule } from '../rule.ts';
import { costsMuch } from './costs-much.ts';
import type { Lint } from './finding.ts';
import { onMetric } from './on-metric.ts';
import { isBelow, thresholdLints } from './threshold-lints.ts';

const silenceIsHealth = onMetric('silence-is-health', (rule) =>
  isBelow(rule) && rule.missingData === 'notBreaching'
    ? "takes missing data for good values: when the metric stops, so does the alarm. Write missingData: 'missing', or 'breaching' for a heartbeat"
    : undefined,
);

/** Of how many values a percentile is taken is only known where a check of ours measures once a run. */
const percentileOfFew = onMetric('percentile-of-few', (rule, target, document) => {
  if (!rule.statistic.startsWith('p')) return undefined;
  const { source } = metricOf(document, rule.metric);
  const every = target.checks.find((check) => 'check' in source && check.check === source.check)?.every;
  if (every === undefined) return undefined;
  const percentile = Number(rule.statistic.slice(1));
  const needed = Math.ceil(100 / Math.max(0.01, Math.min(percentile, 100 - percentile)));
  const samples = Math.floor(windowOf(rule).periodSeconds / every);
  const significant = significantSamples(rule.statistic);
  if (rule.fewSamples === 'ignore' && samples < significant)
    return `never changes its state: fewSamples: 'ignore' leaves it alone below ${significant} samples, and a period has ${samples}. Leave fewSamples out, or use Maximum or Average`;
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
        other.type === 'metric' && i < target.rules.indexOf(rule) && conditionOf(other) === conditionOf(rule),
    );
    return same && `has the same condition as ${same.id}: people hear everything twice. Remove one of them`;
  },
};

const conditionOf = (rule: MetricRule) =>
  JSON.stringify([
    rule.metric,
    rule.statistic,
    rule.comparison,
    rule.threshold,
    windowOf(rule),
    rule.datapointsToAlarm,
  ]);

/** How long a critical rule may take to fire, in seconds. */
const latestCritical = 15 * 60;

const firesLate = onMetric('fires-late', (rule) => {
  const { periodSeconds, evaluationPeriods } = windowOf(rule);
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

/** Two rules that silence each other: whichever fires first, and nobody can say which, hides the other. */
const inhibitsInACircle = onMetric('inhibits-in-a-circle', (rule, target) => {
  const inhibited = (id: string): readonly string[] => {
    const found = target.rules.find((other) => other.id === id);
    return found?.type === 'metric' ? found.inhibits : [];
  };
  const reached = new Set<string>();
  const queue = [...rule.inhibits];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (id === rule.id)
      return 'inhibits itself, by itself or over other rules: nobody can say which is told. Let one of them speak';
    if (reached.has(id)) continue;
    reached.add(id);
    queue.push(...inhibited(id));
  }
  return undefined;
});

/** Everything that is looked for. */
export const lints: readonly Lint[] = [
  ...thresholdLints,
  silenceIsHealth,
  percentileOfFew,
  duplicate,
  firesLate,
  nobodyDoes,
  inhibitsInACircle,
  costsMuch,
];
