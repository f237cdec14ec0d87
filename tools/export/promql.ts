import type { AlarmCondition } from '../../core/alarms/alarm-condition.ts';
import { evaluationInterval } from '../../core/alarms/evaluate.ts';
import type { PrometheusType } from '../../core/metrics/metric.ts';
import type { Comparison, MetricRule } from '../../core/rules/rule.ts';
import { sayPromDuration } from './prom-duration.ts';

/** The input of an expression: the condition and its series. */
export interface Watched extends AlarmCondition {
  /** The name of the metric in Prometheus. */
  series: string;
  /** The type of the metric in Prometheus. Counters and histograms are cumulative; CloudWatch receives the increase per minute. */
  type: PrometheusType;
  /** The scrape interval, in seconds. */
  scrapeSeconds: number;
  /** The labels that identify the target. */
  labels: Readonly<Record<string, string>>;
  /** How often a value is published, in seconds; undefined if it is not known. */
  everySeconds: number | undefined;
  /** How long the alert keeps firing after recovery, in seconds. */
  keepFiringSeconds: number;
}

/** A condition in Prometheus: an expression that returns a series while the condition holds, and how long it must hold. */
export interface PromCondition {
  expr: string;
  forSeconds: number;
}

/**
 * The condition of an alarm in PromQL. CloudWatch evaluates N adjacent periods. Prometheus does the same with `for` of
 * (N − 1) periods if it evaluates once per period, or if a period has one value. Otherwise, and for M of N, the expression
 * counts the breaching periods. It also counts them if the alert has `keep_firing_for`: with `for`, a single breach would
 * extend it, unlike in the alarm.
 */
export function promCondition(watched: Watched): PromCondition {
  if (!waits(watched)) return { expr: countBreaches(watched), forSeconds: 0 };
  return {
    expr: breachOf(watched, 0).join('\nor '),
    forSeconds: (watched.evaluationPeriods - 1) * watched.periodSeconds,
  };
}

/** Whether the condition uses `for`. */
export const waits = (watched: Watched): boolean =>
  watched.evaluationPeriods === 1 ||
  (watched.datapointsToAlarm === watched.evaluationPeriods &&
    watched.keepFiringSeconds === 0 &&
    (watched.periodSeconds === evaluationInterval(watched) || watched.periodSeconds === watched.everySeconds));

/** Whether a period is shorter than 1.5 scrape intervals: then a scrape that is slightly late leaves it without a sample. */
const isScrapedSeldom = ({ periodSeconds, scrapeSeconds }: Watched): boolean => periodSeconds < 1.5 * scrapeSeconds;

/** Whether a gauge has one value per period, so that its newest value is the datapoint for every statistic. */
export const holdsOneValue = (watched: Watched): boolean =>
  watched.type === 'gauge' && (isScrapedSeldom(watched) || watched.periodSeconds === watched.everySeconds);

/** Whether the increase of a counter is computed over more than the requested range: a period, or one minute of it. */
export const isIncreaseWidened = ({ statistic, periodSeconds, scrapeSeconds }: Watched): boolean =>
  2 * scrapeSeconds > (statistic === 'Sum' ? periodSeconds : 60);

/** How long the newest value of a gauge is valid, in seconds: longer than a period if the scrape interval is long. */
export const lookbackSeconds = (watched: Watched): number =>
  holdsOneValue(watched) ? Math.max(watched.periodSeconds, 2 * watched.scrapeSeconds) : watched.periodSeconds;

/** The datapoint of the period that is `back` periods ago. It includes the values of all series of the target, as in CloudWatch. */
export function datapointOf(watched: Watched, back: number): string {
  if (watched.type === 'histogram') return histogramDatapoint(watched, back);
  if (watched.type === 'counter' && watched.statistic === 'Sum')
    return `sum ${byLabels(watched)} (${increaseOf(watched, watched.periodSeconds, back)})`;
  return holdsOneValue(watched) ? lastValue(watched, back) : valuesOf(watched, back);
}

/** The newest value, for a period with one value. A late scrape does not remove it, and a repeated value is not counted twice. */
function lastValue(watched: Watched, back: number): string {
  const last = `(last_over_time(${selectorOf(watched)}[${shortOf(lookbackSeconds(watched))}]${offsetOf(watched, back)}))`;
  const by = byLabels(watched);
  const { statistic } = watched;
  if (statistic === 'Average') return `avg ${by} ${last}`;
  const operator = { Minimum: 'min', Sum: 'sum', SampleCount: 'count' }[statistic as string] ?? 'max';
  return `${operator} ${by} ${last}`;
}

function valuesOf(watched: Watched, back: number): string {
  const range = rangeOf(watched, back);
  const by = byLabels(watched);
  switch (watched.statistic) {
    case 'Minimum':
      return `min ${by} (min_over_time(${range}))`;
    case 'Maximum':
      return `max ${by} (max_over_time(${range}))`;
    case 'Sum':
      return `sum ${by} (sum_over_time(${range}))`;
    case 'SampleCount':
      return `sum ${by} (count_over_time(${range}))`;
    // avg_over_time has rounding errors at the threshold; the Average of CloudWatch is this quotient.
    case 'Average':
      return `sum ${by} (sum_over_time(${range})) / sum ${by} (count_over_time(${range}))`;
    default:
      return `max ${by} (quantile_over_time(${quantileOf(watched.statistic)}, ${range}))`;
  }
}

/** A histogram is cumulative, so each statistic is computed from its increase in a period. */
function histogramDatapoint(watched: Watched, back: number): string {
  const by = byLabels(watched);
  const added = (suffix: string) => increaseOf(partOf(watched, suffix), watched.periodSeconds, back);
  const quantile = (of: number) => `histogram_quantile(${of}, sum ${byLabels(watched, 'le')} (${added('_bucket')}))`;
  switch (watched.statistic) {
    case 'Minimum':
      return quantile(0);
    case 'Maximum':
      return quantile(1);
    case 'Sum':
      return `sum ${by} (${added('_sum')})`;
    case 'SampleCount':
      return `sum ${by} (${added('_count')}) > 0`;
    case 'Average':
      return `sum ${by} (${added('_sum')}) / sum ${by} (${added('_count')})`;
    default:
      return quantile(quantileOf(watched.statistic));
  }
}

/** One of the series of a histogram. */
const partOf = (watched: Watched, suffix: string): Watched => ({ ...watched, series: `${watched.series}${suffix}` });

const quantileOf = (statistic: MetricRule['statistic']) => Number((Number(statistic.slice(1)) / 100).toPrecision(12));

/** One millisecond shorter than the period, because Prometheus 2 includes both ends of a range and CloudWatch only one. */
const rangeOf = (watched: Watched, back: number): string => {
  const isCounter = watched.type === 'counter';
  const values = isCounter ? perMinute(watched) : selectorOf(watched);
  return `${values}[${shortOf(watched.periodSeconds)}${isCounter ? ':1m' : ''}]${offsetOf(watched, back)}`;
};

/** The values that CloudWatch receives: for a counter, the increase of each minute. */
const perMinute = (watched: Watched): string => {
  const increase = increaseOf(watched, 60, 0);
  return increase.includes(' ') ? `(${increase})` : increase;
};

const shortOf = (seconds: number): string => sayPromDuration(seconds * 1000 - 1);

/**
 * The increase of a counter within a number of seconds. It needs two samples, even if a scrape is late. If the range has
 * fewer than four scrapes, the increase over two scrapes is scaled to the range, or the increase over four scrapes if two
 * have only one sample. (Always using four would average out a short burst.)
 */
function increaseOf(watched: Watched, seconds: number, back: number): string {
  const over = (range: number) => {
    const increase = `increase(${selectorOf(watched)}[${sayPromDuration(range * 1000)}]${offsetOf(watched, back)})`;
    return range === seconds ? increase : `${increase} * ${seconds} / ${range}`;
  };
  const [narrow, wide] = [Math.max(seconds, 2 * watched.scrapeSeconds), 4 * watched.scrapeSeconds];
  return wide <= narrow ? over(narrow) : `${over(narrow)} or ${over(wide)}`;
}

const offsetOf = ({ periodSeconds }: Watched, back: number) =>
  back === 0 ? '' : ` offset ${sayPromDuration(back * periodSeconds * 1000)}`;

const byLabels = ({ labels }: Watched, ...more: string[]) => `by (${[...Object.keys(labels), ...more].join(', ')})`;

/** The selector of the series of a target: `name{label="value"}`. */
export const selectorOf = ({ series, labels }: Pick<Watched, 'series' | 'labels'>): string =>
  `${series}{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',')}}`;

const operators: Record<Comparison, string> = { below: '<', atOrBelow: '<=', above: '>', atOrAbove: '>=' };

/** An expression that returns a series if a period breaches; with `breaching`, also if it has no values. */
function breachOf(watched: Watched, back: number): string[] {
  const over = `${datapointOf(watched, back)} ${operators[watched.comparison]} ${watched.threshold}`;
  return watched.missingData === 'breaching' ? [over, ...missingOf(watched, back)] : [over];
}

/** An expression that returns a series if a period has no values. A histogram without an increase has no values. */
function missingOf(watched: Watched, back: number): string[] {
  const { type, periodSeconds, scrapeSeconds } = watched;
  const events = type === 'histogram' ? partOf(watched, '_count') : watched;
  const isLonger = type !== 'gauge' && isScrapedSeldom(watched);
  const range = shortOf(isLonger ? 2 * scrapeSeconds : lookbackSeconds(watched));
  const absent = `absent_over_time(${selectorOf(events)}[${range}]${offsetOf(watched, back)})`;
  if (type !== 'histogram') return [absent];
  return [absent, `sum ${byLabels(watched)} (${increaseOf(events, periodSeconds, back)}) == 0`];
}

/** Counts the breaching periods: each is a series with its own label. */
function countBreaches(watched: Watched): string {
  const periods = Array.from({ length: watched.evaluationPeriods }, (_, back) =>
    breachOf(watched, back).map((breach) => `label_replace(${breach}, "period", "${back}", "", "")`),
  ).flat();
  return [`count ${byLabels(watched)} (`, `  ${periods.join('\n  or ')}`, `) >= ${watched.datapointsToAlarm}`].join(
    '\n',
  );
}
