import { windowOf } from '../../core/alarms/alarm.ts';
import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import type { Metric } from '../../core/metrics/metric.ts';
import { metricOf } from '../../core/metrics/metric-of.ts';
import type { MetricRule, Rule } from '../../core/rules/rule.ts';
import { tiers } from '../../events/tier.ts';
import type { Lint } from './finding.ts';
import { onMetric } from './on-metric.ts';
import { isBelow, sayLimitOf } from './threshold-lints.ts';
import { takesToFire } from './time-lints.ts';
import { mostValues } from './values.ts';

/** Whether the tier of a rule is more severe than that of another rule. `tiers` starts with the most severe. */
const isMoreSevere = (a: Rule, b: Rule) => tiers.indexOf(a.tier) < tiers.indexOf(b.tier);
const metricRulesOf = (target: Target) => target.rules.filter((rule) => rule.type === 'metric') as MetricRule[];
/** The ids of the rules that a rule inhibits. */
const inhibitedBy = ({ inhibits }: Rule): readonly string[] => inhibits;

const duplicate: Lint = {
  code: 'duplicate',
  check(rule, target, document) {
    const own = conditionOf(rule, target, document);
    const before = target.rules.slice(0, target.rules.indexOf(rule));
    const same = before.find(
      (other) => conditionOf(other, target, document) === own && sharesChannel(rule, other, document),
    );
    return (
      same &&
      `has the same condition as ${same.id}, so that each notification is sent twice. Remove one of the two rules`
    );
  },
};

/** Whether two rules notify the same channel. Two metric rules always count, because a second alarm costs money; an event rule costs nothing. */
function sharesChannel(a: Rule, b: Rule, { routes }: MonitoringDocument): boolean {
  const channelsOf = (rule: Rule) => rule.channels ?? routes[rule.tier];
  return a.type === 'metric' || channelsOf(a).some((channel) => channelsOf(b).includes(channel));
}

/** The condition of a rule in one canonical form: M defaults to N, all statistics of a single value are equal, and 0 is below every threshold of a yes-or-no metric. */
function conditionOf(rule: Rule, target: Target, document: MonitoringDocument): string {
  if (rule.type === 'event') return rule.event;
  const metric = metricOf(document, rule.metric);
  const window = windowOf(rule);
  const isSingle = mostValues(metric, target, rule.period) === 1 && rule.statistic !== 'SampleCount';
  const isSplit = metric.yesOrNo && rule.statistic !== 'SampleCount' && isSingle;
  const limit = isSplit ? [isBelow(rule), splitsAt(rule)] : limitOf(rule, metric);
  const m = rule.datapointsToAlarm ?? window.evaluationPeriods;
  return JSON.stringify([rule.metric, isSingle ? 'the value' : rule.statistic, limit, window, m]);
}

/** The threshold in one canonical form. For whole numbers, above 0 is the same as at or above 1. */
function limitOf({ comparison, threshold, statistic }: MetricRule, { unit }: Metric): readonly [string, number] {
  const isWhole =
    statistic === 'SampleCount' || (statistic === 'Sum' && unit === 'Count' && Number.isInteger(threshold));
  if (isWhole && comparison === 'above') return ['atOrAbove', threshold + 1];
  return isWhole && comparison === 'below' ? ['atOrBelow', threshold - 1] : [comparison, threshold];
}

/** For a yes-or-no metric: whether the threshold is between 0 and 1. Below 1, at or below 0, and below 0.5 are equal. */
const splitsAt = ({ comparison, threshold }: MetricRule) =>
  (threshold > 0 && threshold < 1) ||
  (threshold === 1 && (comparison === 'below' || comparison === 'atOrAbove')) ||
  (threshold === 0 && (comparison === 'atOrBelow' || comparison === 'above'))
    ? 'between'
    : [comparison, threshold];

/** Whether two rules use the same metric, statistic and direction, so that their thresholds can be compared. */
function comparable(a: MetricRule, b: MetricRule): boolean {
  const counts = a.statistic === 'Sum' || a.statistic === 'SampleCount';
  const sameReading = a.metric === b.metric && a.statistic === b.statistic && isBelow(a) === isBelow(b);
  return sameReading && (!counts || a.period === b.period);
}

/** Whether the threshold of `a` is crossed no later than that of `b` when the values get worse. */
const isLooser = (a: MetricRule, b: MetricRule) =>
  isBelow(a) ? a.threshold >= b.threshold : a.threshold <= b.threshold;

/** A more severe rule that fires first makes the less severe rule useless. A longer `for` justifies a looser threshold. */
const tiersInverted = onMetric('tiers-inverted', (rule, target, document) => {
  const lessSevere = metricRulesOf(target).find(
    (other) =>
      isMoreSevere(rule, other) &&
      comparable(rule, other) &&
      isLooser(rule, other) &&
      takesToFire(rule) <= takesToFire(other),
  );
  return (
    lessSevere &&
    `is ${rule.tier} and fires no later than ${lessSevere.id}, which is ${lessSevere.tier}: the thresholds are ${sayLimitOf(rule, document)} and ${sayLimitOf(lessSevere, document)}. Swap the thresholds`
  );
});

/** A rule that inhibits a more severe rule: the critical alert is not sent because a less important one was. */
const inhibitsMoreSevere: Lint = {
  code: 'inhibits-more-severe',
  check(rule, target) {
    if (isInCycle(rule, target)) return undefined;
    const inhibited = target.rules.filter(({ id }) => id !== rule.id && inhibitedBy(rule).includes(id));
    const moreSevere = inhibited.find((other) => isMoreSevere(other, rule));
    if (moreSevere)
      return `is ${rule.tier} and inhibits ${moreSevere.id}, which is ${moreSevere.tier}, so that the more severe alert is not sent. Let ${moreSevere.id} inhibit this rule instead`;
    const stricter = inhibited.find(
      (other) =>
        rule.type === 'metric' &&
        other.type === 'metric' &&
        other.tier === rule.tier &&
        comparable(rule, other) &&
        rule.threshold !== other.threshold &&
        isLooser(rule, other),
    );
    return (
      stricter &&
      `inhibits ${stricter.id}, whose threshold is for a worse value, so that no alert is sent when the value gets worse. Let ${stricter.id} inhibit this rule instead`
    );
  },
};

/** Rules that inhibit each other: the one that fires first, which may be either, suppresses the other. */
const inhibitionCycle: Lint = {
  code: 'inhibition-cycle',
  check: (rule, target) =>
    isInCycle(rule, target)
      ? 'inhibits itself, directly or through other rules, so that it is undefined which of them notifies. Remove one of the inhibitions'
      : undefined,
};

function isInCycle(rule: Rule, target: Target): boolean {
  const byId = new Map(target.rules.map((other) => [other.id, other]));
  const reached = new Set<string>();
  const queue = [...inhibitedBy(rule)];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (id === rule.id) return true;
    if (reached.has(id)) continue;
    reached.add(id);
    const next = byId.get(id);
    if (next) queue.push(...inhibitedBy(next));
  }
  return false;
}

/** Lint checks that compare the rules of a target with each other. */
export const pairLints: readonly Lint[] = [duplicate, tiersInverted, inhibitsMoreSevere, inhibitionCycle];
