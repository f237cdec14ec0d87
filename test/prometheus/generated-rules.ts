import * as fc from 'fast-check';
import type { Datapoint } from '../../core/alarms/datapoint.ts';
import { comparisons, missingDataPolicies, type RuleInput } from '../../core/rules/rule.ts';
import type { Duration } from '../../core/time/duration.ts';
import { slowResponses } from '../../index.ts';

/** A rule, how often its check runs, and the values that it publishes. */
export interface GeneratedRule {
  rule: RuleInput;
  everySeconds: number;
  series: readonly Datapoint[];
}

/** What can be generated: how often a check may run, how long a datapoint is then, and how many of them a rule looks at. */
export interface Pace {
  name: string;
  /** How often CloudWatch evaluates such rules, in seconds. */
  evaluatedEvery: number;
  everySeconds: readonly number[];
  periods: readonly number[];
  evaluationPeriods: { min: number; max: number };
  /** How often Prometheus scrapes: for a pace as short, a value stands for two scrapes. */
  scrapeSeconds: number;
  /** Whether some metrics are counters. @default where CloudWatch evaluates each minute */
  counters?: boolean;
  /** How many rules one comparison takes: promtool needs most of a millisecond for each evaluation. */
  rules: number;
}

export const paces: readonly Pace[] = [
  {
    name: 'a minute',
    evaluatedEvery: 60,
    everySeconds: [60, 120, 300],
    periods: [60, 120, 300, 600],
    evaluationPeriods: { min: 1, max: 6 },
    scrapeSeconds: 15,
    rules: 60,
  },
  {
    name: 'ten seconds',
    evaluatedEvery: 10,
    everySeconds: [10, 20, 30],
    periods: [10, 20, 30],
    evaluationPeriods: { min: 1, max: 6 },
    scrapeSeconds: 5,
    rules: 40,
  },
  {
    // Over a day in all: CloudWatch evaluates hourly then.
    name: 'an hour',
    evaluatedEvery: 3600,
    everySeconds: [3600, 7200],
    periods: [7200, 10_800],
    evaluationPeriods: { min: 9, max: 13 },
    scrapeSeconds: 15,
    rules: 20,
  },
  {
    name: 'a minute, scraped once a minute',
    evaluatedEvery: 60,
    everySeconds: [60],
    periods: [60],
    evaluationPeriods: { min: 1, max: 6 },
    scrapeSeconds: 60,
    // Over two scrapes a counter is the mean of two minutes: scrapes.acceptance.ts plays those.
    counters: false,
    rules: 40,
  },
];

const seconds = (count: number): Duration => `${count} seconds`;
const values = [0, 1, 2, 3, 4];

/**
 * Runs of equal values, long enough that a rule that wants six breaches in a row sees them. Whole numbers, so that sums are
 * exact and many lie at the limit itself.
 */
const runs = (gaps: boolean) =>
  fc
    .array(fc.record({ value: fc.constantFrom(...values, ...(gaps ? [undefined] : [])), length: fc.nat(5) }), {
      minLength: 8,
      maxLength: 14,
    })
    .map((parts) => parts.flatMap(({ value, length }) => Array.from({ length: length + 1 }, () => value)));

/** Rules of one pace on one metric, with every statistic, comparison and policy, and series with or without gaps. */
export const anyRule = (pace: Pace, gaps: boolean): fc.Arbitrary<GeneratedRule> =>
  fc
    .record({
      everySeconds: fc.constantFrom(...pace.everySeconds),
      period: fc.constantFrom(...pace.periods),
      n: fc.integer(pace.evaluationPeriods),
      share: fc.integer({ min: 1, max: 100 }),
      all: fc.boolean(),
      statistic: fc.constantFrom('Minimum', 'Maximum', 'Average', 'Sum', 'SampleCount', 'p50', 'p90', 'p99'),
      comparison: fc.constantFrom(...comparisons),
      limit: fc.constantFrom(...values),
      hold: fc.constantFrom(0, 0, 0, 2, 5),
      counter: fc.nat(4).map((one) => one === 0),
      missingData: fc.constantFrom(...missingDataPolicies),
      series: runs(gaps),
    })
    // CloudWatch evaluates hourly only where N periods are more than a day.
    .filter(({ everySeconds, period, n }) => {
      const hourly = period * n > 86_400;
      return period >= everySeconds && hourly === (pace.evaluatedEvery === 3600);
    })
    // An application counts by the minute. Over a gap a counter can be compared only where a datapoint is one sample.
    .map((made) => ({ ...made, counter: made.counter && (pace.counters ?? pace.evaluatedEvery === 60) }))
    .map((made) => (made.counter ? { ...made, everySeconds: 60, ...(gaps ? { period: 60, hold: 0 } : {}) } : made))
    .map((made) => (made.counter && made.statistic !== 'Maximum' ? { ...made, statistic: 'Sum' } : made))
    .map(
      ({ everySeconds, period, n, share, all, statistic, comparison, limit, missingData, hold, counter, series }) => ({
        everySeconds,
        rule: {
          ...slowResponses({ aboveSeconds: 1, for: seconds(n * period), period: seconds(period) }),
          ...(counter ? { metric: 'Requests' } : {}),
          ...(hold > 0 ? { keepFiringFor: seconds(hold * pace.evaluatedEvery) } : {}),
          statistic,
          comparison,
          threshold: thresholdOf(statistic, limit, period / everySeconds),
          ...(all ? {} : { datapointsToAlarm: Math.max(1, Math.ceil((n * share) / 100)) }),
          missingData,
        } as RuleInput,
        series,
      }),
    );

/** In reach of the statistic. Between whole numbers for percentiles: both interpolate, and each rounds in its own way. */
function thresholdOf(statistic: string, limit: number, samples: number): number {
  if (statistic === 'SampleCount') return Math.min(limit, Math.ceil(samples));
  if (statistic === 'Sum') return limit * samples;
  return statistic.startsWith('p') ? limit + 0.125 : limit;
}
