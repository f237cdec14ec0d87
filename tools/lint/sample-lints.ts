import { windowOf } from '../../core/alarms/alarm.ts';
import { significantSamples } from '../../core/alarms/few-samples.ts';
import type { Target } from '../../core/definition/document.ts';
import type { Metric } from '../../core/metrics/metric.ts';
import { metricOf } from '../../core/metrics/metric-of.ts';
import { refreshOf } from '../../core/metrics/refresh.ts';
import type { MetricRule } from '../../core/rules/rule.ts';
import { formatDuration } from '../../core/time/duration.ts';
import type { Lint } from './finding.ts';
import { isPerEvent, isPerTime } from './metric-words.ts';
import { onMetric } from './on-metric.ts';

/** How many values a percentile is taken of: known where there is one a refresh. A user who declares no more may have more. */
function samplesOf(rule: MetricRule, metric: Metric, target: Target): number | undefined {
  const every = refreshOf(metric, target);
  if (every === undefined || isPerEvent(metric)) return undefined;
  // A minute is what is taken where nobody says otherwise, so it tells nothing of a metric that is evaluated at once.
  if (metric.own && every <= 60 && !isPerTime(metric) && rule.fewSamples !== 'ignore') return undefined;
  return Math.max(1, Math.floor(rule.period / every));
}

const percentileOfFew = onMetric('percentile-of-few', (rule, target, document) => {
  if (!rule.statistic.startsWith('p')) return undefined;
  const metric = metricOf(document, rule.metric);
  const significant = significantSamples(rule.statistic);
  const samples = samplesOf(rule, metric, target);
  const isNeverEnough = significant === Number.POSITIVE_INFINITY || (samples !== undefined && samples < significant);
  if (rule.fewSamples === 'ignore' && isNeverEnough)
    return `never changes its state: fewSamples: 'ignore' leaves it alone below ${significant} samples, and a period has ${samples ?? 'never so many'}. Leave fewSamples out, or use Maximum or Average${perEventHint(metric)}`;
  if (samples === undefined) return undefined;
  const percentile = Number(rule.statistic.slice(1));
  const needed = Math.ceil(100 / Math.max(0.01, Math.min(percentile, 100 - percentile)));
  return samples < needed
    ? `is a ${rule.statistic} of ${samples} values: it takes ${needed} for it to differ from the maximum or minimum. Use Maximum or Average, or a longer period${perEventHint(metric)}`
    : undefined;
});

const perEventHint = (metric: Metric) =>
  'check' in metric.source ? '' : '; where there is a value for each event, the metric says so: perEvent: true';

/** Levels and shares do not add up: the Sum of 2 % each minute is 10 % after five. How often it was yes does. */
const sumOfLevels = onMetric('sum-of-levels', (rule, _, document) => {
  const metric = metricOf(document, rule.metric);
  const isLevel = metric.unit === 'Percent' || metric.unit.endsWith('/Second') || 'check' in metric.source;
  return rule.statistic === 'Sum' && isLevel && !metric.yesOrNo
    ? `adds up values of ${rule.metric}, which is a level: the more values a period has, the larger the Sum. Use Average, Minimum or Maximum`
    : undefined;
});

/** Silence that counts as a breach needs room for one value that comes late. */
const oneLateValue = onMetric('one-late-value', (rule, target, document) => {
  if (rule.missingData !== 'breaching') return undefined;
  const metric = metricOf(document, rule.metric);
  const every = refreshOf(metric, target);
  if (every === undefined) return undefined;
  const { periodSeconds, evaluationPeriods } = windowOf(rule);
  const waits = periodSeconds * (rule.datapointsToAlarm ?? evaluationPeriods);
  return waits - every < Math.max(every / 24, Math.min(60, every))
    ? `fires when one value is late: silence is a breach after ${formatDuration(waits)}, and ${rule.metric} has a new value every ${formatDuration(every)}. Wait for two: for: '${sayFor(2 * every)}', or a longer period`
    : undefined;
});

/** A duration as a config takes it. */
const sayFor = (seconds: number) =>
  seconds % 86_400 === 0
    ? `${seconds / 86_400} days`
    : seconds % 3600 === 0
      ? `${seconds / 3600} hours`
      : seconds % 60 === 0
        ? `${seconds / 60} minutes`
        : `${seconds} seconds`;

/** What can be wrong with how many values a rule looks at. */
export const sampleLints: readonly Lint[] = [percentileOfFew, sumOfLevels, oneLateValue];
