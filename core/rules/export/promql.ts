import type { AlarmCondition } from '../../alarms/alarm.ts';
import { evaluationInterval } from '../../alarms/evaluate.ts';
import type { Comparison, MetricRule } from '../rule.ts';
import { sayPromDuration } from './prom-duration.ts';

/** What an expression is made from: the condition, and the one series that it looks at. */
export interface Watched extends AlarmCondition {
  /** The metric's name in Prometheus. */
  series: string;
  /** Whether it is a counter, which goes on counting where CloudWatch is told what each minute brought. */
  counter: boolean;
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

/** The datapoint of a period, `back` periods ago. Each value of any series of the target counts, as in CloudWatch. */
export function datapointOf(watched: Watched, back: number): string {
  const range = rangeOf(watched, back);
  const by = byLabels(watched);
  switch (watched.statistic) {
    case 'Minimum':
      return `min ${by} (min_over_time(${range}))`;
    case 'Maximum':
      return `max ${by} (max_over_time(${range}))`;
    case 'Sum':
      return watched.counter
        ? `sum ${by} (increase(${selectorOf(watched)}[${sayPromDuration(watched.periodSeconds * 1000)}]${offsetOf(watched, back)}))`
        : `sum ${by} (sum_over_time(${range}))`;
    case 'SampleCount':
      return `sum ${by} (count_over_time(${range}))`;
    // avg_over_time adds up shares of each value, and rounds at the limit itself; CloudWatch's Average is this quotient.
    case 'Average':
      return `sum ${by} (sum_over_time(${range})) / sum ${by} (count_over_time(${range}))`;
    default:
      return `max ${by} (quantile_over_time(${quantileOf(watched.statistic)}, ${range}))`;
  }
}

const quantileOf = (statistic: MetricRule['statistic']) => Number((Number(statistic.slice(1)) / 100).toPrecision(12));

/** A millisecond short of the period: Prometheus 2 counts a value at either end of a range, CloudWatch at one of them. */
const rangeOf = (watched: Watched, back: number): string =>
  `${perRefresh(watched)}[${sayPromDuration(watched.periodSeconds * 1000 - 1)}${watched.counter ? ':1m' : ''}]${offsetOf(watched, back)}`;

/** The values that CloudWatch is told of: for a counter, what each minute brought. */
const perRefresh = (watched: Watched) =>
  watched.counter ? `increase(${selectorOf(watched)}[1m])` : selectorOf(watched);

const offsetOf = ({ periodSeconds }: Watched, back: number) =>
  back === 0 ? '' : ` offset ${sayPromDuration(back * periodSeconds * 1000)}`;

const byLabels = ({ labels }: Watched) => `by (${Object.keys(labels).join(', ')})`;

/** The series of a target, as `name{label="value"}`. */
export const selectorOf = ({ series, labels }: Pick<Watched, 'series' | 'labels'>): string =>
  `${series}{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',')}}`;

const operators: Record<Comparison, string> = { below: '<', atOrBelow: '<=', above: '>', atOrAbove: '>=' };

/** A period that breaches gives a series; with `breaching`, one without values as well. */
function breachOf(watched: Watched, back: number): string[] {
  const over = `${datapointOf(watched, back)} ${operators[watched.comparison]} ${watched.threshold}`;
  return watched.missingData === 'breaching'
    ? [
        over,
        `absent_over_time(${selectorOf(watched)}[${sayPromDuration(watched.periodSeconds * 1000 - 1)}]${offsetOf(watched, back)})`,
      ]
    : [over];
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
