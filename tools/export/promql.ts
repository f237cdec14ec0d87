import type { AlarmCondition } from '../../core/alarms/alarm-condition.ts';
import { evaluationInterval } from '../../core/alarms/evaluate.ts';
import type { PrometheusType } from '../../core/metrics/metric.ts';
import type { Comparison, MetricRule } from '../../core/rules/rule.ts';
import { sayPromDuration } from './prom-duration.ts';

/** What an expression is made from: the condition, and the one series that it looks at. */
export interface Watched extends AlarmCondition {
  /** The metric's name in Prometheus. */
  series: string;
  /** What it is there: a counter and a histogram go on counting where CloudWatch is told what each minute brought. */
  type: PrometheusType;
  /** How often Prometheus scrapes it, in seconds. */
  scrapeSeconds: number;
  /** The labels that tell targets apart. */
  labels: Readonly<Record<string, string>>;
  /** How often a value is published, in seconds; undefined when nobody can say. */
  everySeconds: number | undefined;
  /** How long the alert is held after it has recovered; 0 is not at all. */
  keepFiringSeconds: number;
}

/** A condition in Prometheus: an expression that gives a series while it holds, and how long it must hold. */
export interface PromCondition {
  expr: string;
  forSeconds: number;
}

/**
 * The condition of an alarm in PromQL. CloudWatch looks at N periods that lie side by side, as Prometheus does when it waits
 * `for` (N − 1) periods and evaluates once a period, or when a period holds one value. Where neither is so, or M of N are
 * enough, the periods are counted one by one. So they are where an alert is held: a single breach would prolong the hold of
 * one with `for`, and not that of the alarm.
 */
export function promCondition(watched: Watched): PromCondition {
  if (!waits(watched)) return { expr: countBreaches(watched), forSeconds: 0 };
  return {
    expr: breachOf(watched, 0).join('\nor '),
    forSeconds: (watched.evaluationPeriods - 1) * watched.periodSeconds,
  };
}

/** Whether the condition is said with `for`. */
export const waits = (watched: Watched): boolean =>
  watched.evaluationPeriods === 1 ||
  (watched.datapointsToAlarm === watched.evaluationPeriods &&
    watched.keepFiringSeconds === 0 &&
    (watched.periodSeconds === evaluationInterval(watched) || watched.periodSeconds === watched.everySeconds));

/** Whether a period has fewer than three halves of a scrape: then a scrape that is a little late leaves it without a sample. */
const isScrapedSeldom = ({ periodSeconds, scrapeSeconds }: Watched): boolean => periodSeconds < 1.5 * scrapeSeconds;

/** Whether a gauge has one value a period, so that its newest value is the datapoint whatever the statistic. */
export const holdsOneValue = (watched: Watched): boolean =>
  watched.type === 'gauge' && (isScrapedSeldom(watched) || watched.periodSeconds === watched.everySeconds);

/** Whether the increase of a counter is taken over more than what it is asked for: a period, or a minute of it. */
export const isIncreaseWidened = ({ statistic, periodSeconds, scrapeSeconds }: Watched): boolean =>
  2 * scrapeSeconds > (statistic === 'Sum' ? periodSeconds : 60);

/** How long the newest value of a gauge stands, in seconds: longer than a period where scrapes are seldom. */
export const lookbackSeconds = (watched: Watched): number =>
  holdsOneValue(watched) ? Math.max(watched.periodSeconds, 2 * watched.scrapeSeconds) : watched.periodSeconds;

/** The datapoint of a period, `back` periods ago. Each value of any series of the target counts, as in CloudWatch. */
export function datapointOf(watched: Watched, back: number): string {
  if (watched.type === 'histogram') return histogramDatapoint(watched, back);
  if (watched.type === 'counter' && watched.statistic === 'Sum')
    return `sum ${byLabels(watched)} (${increaseOf(watched, watched.periodSeconds, back)})`;
  return holdsOneValue(watched) ? lastValue(watched, back) : valuesOf(watched, back);
}

/** Of a period with one value: the newest, which a late scrape does not hide, and a repeated one does not count twice. */
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
    // avg_over_time adds up shares of each value, and rounds at the limit itself; CloudWatch's Average is this quotient.
    case 'Average':
      return `sum ${by} (sum_over_time(${range})) / sum ${by} (count_over_time(${range}))`;
    default:
      return `max ${by} (quantile_over_time(${quantileOf(watched.statistic)}, ${range}))`;
  }
}

/** A histogram counts events by size since it began, so that each statistic is one of what a period added to it. */
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

/** One of the series that a histogram consists of. */
const partOf = (watched: Watched, suffix: string): Watched => ({ ...watched, series: `${watched.series}${suffix}` });

const quantileOf = (statistic: MetricRule['statistic']) => Number((Number(statistic.slice(1)) / 100).toPrecision(12));

/** A millisecond short of the period: Prometheus 2 counts a value at either end of a range, CloudWatch at one of them. */
const rangeOf = (watched: Watched, back: number): string => {
  const isCounter = watched.type === 'counter';
  const values = isCounter ? perMinute(watched) : selectorOf(watched);
  return `${values}[${shortOf(watched.periodSeconds)}${isCounter ? ':1m' : ''}]${offsetOf(watched, back)}`;
};

/** The values that CloudWatch is told of: for a counter, what each minute brought. */
const perMinute = (watched: Watched): string => {
  const increase = increaseOf(watched, 60, 0);
  return increase.includes(' ') ? `(${increase})` : increase;
};

const shortOf = (seconds: number): string => sayPromDuration(seconds * 1000 - 1);

/**
 * What a counter gained in so many seconds. Its increase needs two samples, also when a scrape is late: where the time holds
 * fewer than four scrapes, that of two scrapes is taken in proportion, or of four when two hold but one sample. (Always
 * four would spread what one minute brought over all of them, and a short burst would go unnoticed.)
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

/** The series of a target, as `name{label="value"}`. */
export const selectorOf = ({ series, labels }: Pick<Watched, 'series' | 'labels'>): string =>
  `${series}{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',')}}`;

const operators: Record<Comparison, string> = { below: '<', atOrBelow: '<=', above: '>', atOrAbove: '>=' };

/** A period that breaches gives a series; with `breaching`, one without values as well. */
function breachOf(watched: Watched, back: number): string[] {
  const over = `${datapointOf(watched, back)} ${operators[watched.comparison]} ${watched.threshold}`;
  return watched.missingData === 'breaching' ? [over, ...missingOf(watched, back)] : [over];
}

/** A period without values. A histogram that nothing was added to is there, and has none. */
function missingOf(watched: Watched, back: number): string[] {
  const { type, periodSeconds, scrapeSeconds } = watched;
  const events = type === 'histogram' ? partOf(watched, '_count') : watched;
  const isLonger = type !== 'gauge' && isScrapedSeldom(watched);
  const range = shortOf(isLonger ? 2 * scrapeSeconds : lookbackSeconds(watched));
  const absent = `absent_over_time(${selectorOf(events)}[${range}]${offsetOf(watched, back)})`;
  if (type !== 'histogram') return [absent];
  return [absent, `sum ${byLabels(watched)} (${increaseOf(events, periodSeconds, back)}) == 0`];
}

/** Each breaching period is a series with a label of its own, so that they can be counted. */
function countBreaches(watched: Watched): string {
  const periods = Array.from({ length: watched.evaluationPeriods }, (_, back) =>
    breachOf(watched, back).map((breach) => `label_replace(${breach}, "period", "${back}", "", "")`),
  ).flat();
  return [`count ${byLabels(watched)} (`, `  ${periods.join('\n  or ')}`, `) >= ${watched.datapointsToAlarm}`].join(
    '\n',
  );
}
