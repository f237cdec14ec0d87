import type { Metric } from './metric.ts';

type Checks = readonly { check: string; every: number }[];

/** How often a metric has a new value on a target with these checks, in seconds; undefined when nobody says. */
export const refreshOf = ({ source, refreshSeconds }: Metric, checks: Checks): number | undefined =>
  'check' in source ? checks.find(({ check }) => check === source.check)?.every : refreshSeconds;

/** A minute, or as long as it takes until the metric has a new value, in whole minutes: each datapoint should have one. */
export const defaultPeriod = (metric: Metric | undefined, checks: Checks): number =>
  Math.max(60, Math.ceil(((metric && refreshOf(metric, checks)) ?? 60) / 60) * 60);
