import type { AlarmCondition } from '../../alarms/alarm.ts';
import { evaluationInterval } from '../../alarms/evaluate.ts';
import type { Comparison, MetricRule } from '../rule.ts';
import { sayPromDuration } from './prom-duration.ts';

/** What an expression is made from: the condition, and the one series that it looks at. */
export interface Watched extends AlarmCondition {
  /** The metric's name in Prometheus. */
  series: string;
  /** The one label that tells targets apart. */
  label: { name: string; value: string };
  /** How often a value is published, in seconds; undefined when nobody can say. */
  everySeconds: number | undefined;
}

/** A condition in Prometheus: an expression that gives a series while it holds, and how long it must hold. */
export interface PromCondition {
  expr: string;
  forSeconds: number;
}

/**
 * The condition of an alarm in PromQL. CloudWatch looks at N periods that lie side by side, as Prometheus does when it waits
 * `for` (N − 1) periods and evaluates once a period, or when a period holds one value. Where neither is so, or M of N are
 * enough, the periods are counted one by one.
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
  watched.datapointsToAlarm === watched.evaluationPeriods &&
  (watched.evaluationPeriods === 1 ||
    watched.periodSeconds === evaluationInterval(watched) ||
    watched.periodSeconds === watched.everySeconds);

/** The datapoint of a period, `back` periods ago. Each value of any series of the target counts, as in CloudWatch. */
export function datapointOf(watched: Watched, back: number): string {
  const range = rangeOf(watched, back);
  const by = `by (${watched.label.name})`;
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

const quantileOf = (statistic: MetricRule['statistic']) => Number((Number(statistic.slice(1)) / 100).toPrecision(12));

/** A millisecond short of the period: Prometheus 2 counts a value at either end of a range, CloudWatch at one of them. */
function rangeOf({ series, label, periodSeconds }: Watched, back: number): string {
  const offset = back === 0 ? '' : ` offset ${sayPromDuration(back * periodSeconds * 1000)}`;
  return `${series}{${label.name}="${label.value}"}[${sayPromDuration(periodSeconds * 1000 - 1)}]${offset}`;
}

const operators: Record<Comparison, string> = { below: '<', atOrBelow: '<=', above: '>', atOrAbove: '>=' };

/** A period that breaches gives a series; with `breaching`, one without values as well. */
function breachOf(watched: Watched, back: number): string[] {
  const over = `${datapointOf(watched, back)} ${operators[watched.comparison]} ${watched.threshold}`;
  return watched.missingData === 'breaching' ? [over, `absent_over_time(${rangeOf(watched, back)})`] : [over];
}

/** Each breaching period is a series with a label of its own, so that they can be counted. */
function countBreaches(watched: Watched): string {
  const periods = Array.from({ length: watched.evaluationPeriods }, (_, back) =>
    breachOf(watched, back).map((breach) => `label_replace(${breach}, "period", "${back}", "", "")`),
  ).flat();
  return [
    `count by (${watched.label.name}) (`,
    `  ${periods.join('\n  or ')}`,
    `) >= ${watched.datapointsToAlarm}`,
  ].join('\n');
}
