import type { Metric } from '../../core/metrics/metric.ts';
import { metricOf } from '../../core/metrics/metric-of.ts';
import type { Unit } from '../../core/metrics/unit.ts';
import type { MetricRule } from '../../core/rules/rule.ts';
import type { Lint } from './finding.ts';
import { betterOf, isCallTime, isLargeShare, isLongWork, isRequestTime, isRoom, wordsOf } from './metric-words.ts';
import { onMetric } from './on-metric.ts';
import { isBelow, sayLimitOf } from './threshold-lints.ts';

/** A threshold in another unit than the metric: the unit of the metric, and the threshold that was probably intended. */
interface Mismatch {
  is: string;
  intended: number;
}

type UnitCheck = (rule: MetricRule, metric: Metric) => Mismatch | undefined;

/** A share of 1 instead of percent: 0.9 for 90 %. Half a percent of errors or complaints is a valid threshold. */
const shareOfOne: UnitCheck = ({ threshold, ...rule }, metric) =>
  threshold > 0 && threshold < 1 && (isBelow(rule) || isLargeShare(metric))
    ? { is: 'in percent, 0 to 100, not a share of 1', intended: threshold * 100 }
    : undefined;

/** Milliseconds instead of seconds: over a minute for a request, or 500. Whole minutes and the hours of a job are valid thresholds. */
const inSeconds: UnitCheck = ({ threshold, ...rule }, metric) => {
  if (isBelow(rule) || isLongWork(metric)) return undefined;
  const tooLong = isRequestTime(metric)
    ? threshold > 60
    : threshold >= 100 && threshold % 50 === 0 && threshold % 60 !== 0;
  return tooLong ? { is: 'in seconds, not in milliseconds', intended: threshold / 1000 } : undefined;
};

const inMilliseconds: UnitCheck = ({ threshold, ...rule }, metric) =>
  !isBelow(rule) && threshold > 0 && (threshold < 1 || (threshold <= 5 && isCallTime(metric)))
    ? { is: 'in milliseconds, not in seconds', intended: threshold * 1000 }
    : undefined;

/** SageMaker uses microseconds. A threshold below one millisecond is unlikely: below 1000 it is probably in milliseconds, below 10 in seconds. */
const inMicroseconds: UnitCheck = ({ threshold, ...rule }, metric) =>
  !isBelow(rule) && threshold > 0 && threshold < 1000 && (isCallTime(metric) || betterOf(metric) === 'lower')
    ? {
        is: `in microseconds, not in ${threshold <= 10 ? '' : 'milli'}seconds`,
        intended: threshold * (threshold <= 10 ? 1e6 : 1e3),
      }
    : undefined;

const bytesIn: Partial<Record<Unit, number>> = { Kilobytes: 1e3, Megabytes: 1e6, Gigabytes: 1e9, Terabytes: 1e12 };

/** Bytes instead of a larger unit: over 100 terabytes, for a metric in gigabytes, is probably in bytes. */
const inLargeUnit: UnitCheck = ({ threshold }, { unit }) => {
  const factor = bytesIn[unit]!;
  return threshold >= 1e5 && threshold * factor >= 1e14
    ? { is: `in ${unit.toLowerCase()}, not in bytes`, intended: threshold / factor }
    : undefined;
};

const inBytes: UnitCheck = ({ threshold, statistic }, metric) =>
  isRoom(metric) && statistic !== 'Sum' && threshold > 1 && threshold < 1000
    ? { is: 'in bytes, not in gigabytes', intended: threshold * 1e9 }
    : undefined;

/** Counts whose name contains the unit: `HoursSinceLastRun` above 86,400 is probably in seconds. */
const inNamedUnit: UnitCheck = ({ threshold }, metric) => {
  const words = wordsOf(metric);
  if (words.has('hours') && threshold > 8760) return { is: 'in hours, not in seconds', intended: threshold / 3600 };
  if (words.has('days') && threshold > 3650) return { is: 'in days, not in seconds', intended: threshold / 86_400 };
  return undefined;
};

const unitChecks: Partial<Record<Unit, UnitCheck>> = {
  Percent: shareOfOne,
  Seconds: inSeconds,
  Milliseconds: inMilliseconds,
  Microseconds: inMicroseconds,
  Bytes: inBytes,
  Kilobytes: inLargeUnit,
  Megabytes: inLargeUnit,
  Gigabytes: inLargeUnit,
  Terabytes: inLargeUnit,
  Count: inNamedUnit,
};

/** A threshold in another unit than its metric. A Sum of durations is not checked: it grows with the number of requests. */
export const unitMismatch: Lint = onMetric('unit-mismatch', (rule, _, document) => {
  const metric = metricOf(document, rule.metric);
  if (rule.statistic === 'SampleCount' || (rule.statistic === 'Sum' && metric.unit.endsWith('econds')))
    return undefined;
  const found = unitChecks[metric.unit]?.(rule, metric);
  return (
    found &&
    `has the threshold ${sayLimitOf(rule, document)}, but ${metric.name} is ${found.is}. Did you mean ${Number(found.intended.toPrecision(6))}?`
  );
});
