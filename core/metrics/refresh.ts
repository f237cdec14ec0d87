import type { Metric } from './metric.ts';

/** What of a target decides how often its metrics have new values: the intervals of its checks, and what it states itself. */
export interface Refreshing {
  checks: readonly { check: string; every: number }[];
  /** In seconds, by metric. */
  refresh?: Readonly<Record<string, number>> | undefined;
}

/** How often a metric has a new value on a target, in seconds; undefined when nobody says. */
export function refreshOf({ name, source, refreshSeconds, derivedFrom }: Metric, { checks, refresh }: Refreshing) {
  if ('check' in source) return checks.find(({ check }) => check === source.check)?.every;
  const ofSource = derivedFrom === undefined ? undefined : refresh?.[derivedFrom];
  return refresh?.[name] ?? (ofSource === undefined ? refreshSeconds : Math.max(ofSource, refreshSeconds ?? 0));
}

/** A minute, or as long as it takes until the metric has a new value, in whole minutes: each datapoint should have one. */
export const defaultPeriod = (metric: Metric | undefined, target: Refreshing): number =>
  Math.max(60, Math.ceil(((metric && refreshOf(metric, target)) ?? 60) / 60) * 60);

/**
 * The period of a rule on a target. A target that states how often a metric is refreshed lengthens shorter periods, which
 * would be empty most of the time; those of counts stay, because their limits are for so many minutes.
 */
export function periodOf(
  said: { period?: number | undefined; metric: string; statistic: string },
  metric: Metric | undefined,
  target: Refreshing,
): number {
  const least = defaultPeriod(metric, target);
  if (said.period === undefined) return least;
  const counts = said.statistic === 'Sum' || said.statistic === 'SampleCount';
  const isStated = [said.metric, metric?.derivedFrom].some((name) => name && target.refresh?.[name] !== undefined);
  return isStated && !counts ? Math.max(said.period, least) : said.period;
}
