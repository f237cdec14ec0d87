import type { Metric } from './metric.ts';

/** The fields of a target that decide how often its metrics have new values: the intervals of its checks, and its stated refresh. */
export interface Refreshing {
  checks: readonly { check: string; every: number }[];
  /** In seconds, by metric. */
  refresh?: Readonly<Record<string, number>> | undefined;
}

/** How often a metric has a new value on a target, in seconds. Undefined if it is not known. */
export function refreshOf({ name, source, refreshSeconds, derivedFrom }: Metric, { checks, refresh }: Refreshing) {
  if ('check' in source) return checks.find(({ check }) => check === source.check)?.every;
  const ofSource = derivedFrom === undefined ? undefined : refresh?.[derivedFrom];
  return refresh?.[name] ?? (ofSource === undefined ? refreshSeconds : Math.max(ofSource, refreshSeconds ?? 0));
}

/** The default period: one minute, or the refresh of the metric in whole minutes, so that each datapoint has a value. */
export const defaultPeriod = (metric: Metric | undefined, target: Refreshing): number =>
  Math.max(60, Math.ceil(((metric && refreshOf(metric, target)) ?? 60) / 60) * 60);

/**
 * The period of a rule on a target. A refresh that the target states lengthens shorter periods, most of which would have no
 * value. The periods of counts do not change, because their thresholds apply to a number of minutes.
 */
export function periodOf(
  rule: { period?: number | undefined; metric: string; statistic: string },
  metric: Metric | undefined,
  target: Refreshing,
): number {
  const least = defaultPeriod(metric, target);
  if (rule.period === undefined) return least;
  const counts = rule.statistic === 'Sum' || rule.statistic === 'SampleCount';
  const isStated = [rule.metric, metric?.derivedFrom].some((name) => name && target.refresh?.[name] !== undefined);
  return isStated && !counts ? Math.max(rule.period, least) : rule.period;
}
