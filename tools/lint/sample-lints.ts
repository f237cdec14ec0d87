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

/** The number of values in a period, if it is known: one per refresh. A user metric without a declared rate may have more. */
function samplesOf(rule: MetricRule, metric: Metric, target: Target): number | undefined {
  const every = refreshOf(metric, target);
  if (every === undefined || isPerEvent(metric)) return undefined;
  // One minute is the default of `every`, so it does not show how many samples a user metric really has.
  if (metric.own && every <= 60 && !isPerTime(metric) && rule.fewSamples !== 'ignore') return undefined;
  return Math.max(1, Math.floor(rule.period / every));
}

const percentileOfFewSamples = onMetric('percentile-of-few-samples', (rule, target, document) => {
  if (!rule.statistic.startsWith('p')) return undefined;
  const metric = metricOf(document, rule.metric);
  const significant = significantSamples(rule.statistic);
  const samples = samplesOf(rule, metric, target);
  const isNeverEnough = significant === Number.POSITIVE_INFINITY || (samples !== undefined && samples < significant);
  if (rule.fewSamples === 'ignore' && isNeverEnough)
    return `never changes state: fewSamples: 'ignore' requires ${significant} samples in a period, and a period has ${samples ?? 'never that many'}. Remove fewSamples, or use Maximum or Average${perEventHint(metric)}`;
  if (samples === undefined) return undefined;
  const percentile = Number(rule.statistic.slice(1));
  const needed = Math.ceil(100 / Math.max(0.01, Math.min(percentile, 100 - percentile)));
  return samples < needed
    ? `uses ${rule.statistic} of ${samples} ${samples === 1 ? 'value' : 'values'}: a percentile of fewer than ${needed} values equals the maximum or minimum. Use Maximum or Average, or a longer period${perEventHint(metric)}`
    : undefined;
});

const perEventHint = (metric: Metric) =>
  'check' in metric.source ? '' : '. If the metric has one value per event, declare perEvent: true';

/** A gauge must not be summed: the Sum of 2 % each minute is 10 % after five minutes. The number of yes values may be. */
const sumOfGauge = onMetric('sum-of-gauge', (rule, _, document) => {
  const metric = metricOf(document, rule.metric);
  const isGauge = metric.unit === 'Percent' || metric.unit.endsWith('/Second') || 'check' in metric.source;
  return rule.statistic === 'Sum' && isGauge && !metric.yesOrNo
    ? `uses the Sum of ${rule.metric}, which is a gauge: the Sum grows with the number of values in a period. Use Average, Minimum or Maximum`
    : undefined;
});

/** If missing data is breaching, the window must allow for one datapoint that is late. */
const oneLateDatapoint = onMetric('one-late-datapoint', (rule, target, document) => {
  if (rule.missingData !== 'breaching') return undefined;
  const metric = metricOf(document, rule.metric);
  const every = refreshOf(metric, target);
  if (every === undefined) return undefined;
  const { periodSeconds, evaluationPeriods } = windowOf(rule);
  const waits = periodSeconds * (rule.datapointsToAlarm ?? evaluationPeriods);
  return waits - every < Math.max(every / 24, Math.min(60, every))
    ? `fires if one datapoint is late: missing data is breaching after ${formatDuration(waits)}, and ${rule.metric} has a new value every ${formatDuration(every)}. Allow for two values: for: '${sayFor(2 * every)}', or a longer period`
    : undefined;
});

/** Formats a duration as in a config. */
const sayFor = (seconds: number) =>
  seconds % 86_400 === 0
    ? `${seconds / 86_400} days`
    : seconds % 3600 === 0
      ? `${seconds / 3600} hours`
      : seconds % 60 === 0
        ? `${seconds / 60} minutes`
        : `${seconds} seconds`;

/** Lint checks of the number of values that a rule evaluates. */
export const sampleLints: readonly Lint[] = [percentileOfFewSamples, sumOfGauge, oneLateDatapoint];
