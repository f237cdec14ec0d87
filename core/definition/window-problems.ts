import { longestFor, windowOf } from '../alarms/alarm.ts';
import type { Metric } from '../metrics/metric.ts';
import { refreshOf } from '../metrics/refresh.ts';
import type { MetricRule } from '../rules/rule.ts';
import type { World } from './definition.ts';
import type { Target } from './document.ts';
import type { Problem } from './problem.ts';

/** Makes a problem of a rule: what is wrong, the received value, and the field. */
export type Report = (message: string, received?: unknown, field?: string) => Problem;

/** Periods and windows of a rule that CloudWatch does not accept, or that are too short for the metric. */
export function windowProblems(
  rule: MetricRule,
  metric: Metric,
  target: Target,
  { world, report }: { world: World; report: Report },
): Problem[] {
  const problems: Problem[] = [];
  const { periodSeconds: period, evaluationPeriods: points } = windowOf(rule);
  const onPeriod = (message: string) => problems.push(report(message, `${period} seconds`, '.period'));
  if (![10, 20, 30].includes(period) && period % 60 !== 0)
    onPeriod('is not a period that CloudWatch accepts; use 10, 20 or 30 seconds, or whole minutes');
  if (world !== 'laptop' && period < 60)
    onPeriod('is shorter than one minute, the shortest interval of a scheduled check on AWS; use 1 minute or more');
  if (period < (refreshOf(metric, target) ?? 0)) onPeriod(tooShortFor(metric, target));
  if (period * points > longestFor(period))
    problems.push(
      report(
        `is longer than the evaluation window of CloudWatch: at most one day, or seven days with periods of at least one hour${rule.for === period * points ? '' : ` (a window has whole periods: ${points} of ${period} seconds)`}`,
        `${Math.max(rule.for, period * points)} seconds`,
        '.for',
      ),
    );
  if (rule.fewSamples === 'ignore' && !rule.statistic.startsWith('p'))
    problems.push(report('is for percentiles only: any other statistic needs one sample', 'ignore', '.fewSamples'));
  if (rule.datapointsToAlarm && rule.datapointsToAlarm > points)
    problems.push(
      report(`is more than the ${points} datapoints of "for"`, rule.datapointsToAlarm, '.datapointsToAlarm'),
    );
  return problems;
}

function tooShortFor(metric: Metric, target: Target): string {
  const every = refreshOf(metric, target);
  const missing = 'most datapoints would be missing';
  if ('check' in metric.source)
    return `is shorter than the ${every} seconds between two runs of the ${metric.source.check} check: ${missing}`;
  // The interval of a check is in the config. How often other code publishes, only the target can state.
  return `is shorter than the ${every} seconds between two values of ${metric.name}: ${missing}. If it has values more often, state it on the target: refresh: { ${metric.name}: '1 minute' }`;
}
