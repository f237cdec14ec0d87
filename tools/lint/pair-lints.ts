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

/** Whether a tier is worse than another: tiers are listed from the worst. */
const isWorse = (a: Rule, b: Rule) => tiers.indexOf(a.tier) < tiers.indexOf(b.tier);
const metricRulesOf = (target: Target) => target.rules.filter((rule) => rule.type === 'metric') as MetricRule[];
/** The rules that a rule silences. */
const inhibitedBy = ({ inhibits }: Rule): readonly string[] => inhibits;

const duplicate: Lint = {
  code: 'duplicate',
  look(rule, target, document) {
    const own = conditionOf(rule, target, document);
    const before = target.rules.slice(0, target.rules.indexOf(rule));
    const same = before.find(
      (other) => conditionOf(other, target, document) === own && sharesChannel(rule, other, document),
    );
    return same && `has the same condition as ${same.id}: people are notified of everything twice. Remove one of them`;
  },
};

/** Whether somebody is notified of both. An alarm twice costs twice, whoever is notified; a run that ends costs nothing. */
function sharesChannel(a: Rule, b: Rule, { routes }: MonitoringDocument): boolean {
  const channelsOf = (rule: Rule) => rule.channels ?? routes[rule.tier];
  return a.type === 'metric' || channelsOf(a).some((channel) => channelsOf(b).includes(channel));
}

/** What a rule waits for, however it is written: M is N unless said, one value has no statistics, and no is below any limit. */
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

/** Of whole numbers, above 0 is at or above 1. */
function limitOf({ comparison, threshold, statistic }: MetricRule, { unit }: Metric): readonly [string, number] {
  const isWhole =
    statistic === 'SampleCount' || (statistic === 'Sum' && unit === 'Count' && Number.isInteger(threshold));
  if (isWhole && comparison === 'above') return ['atOrAbove', threshold + 1];
  return isWhole && comparison === 'below' ? ['atOrBelow', threshold - 1] : [comparison, threshold];
}

/** Of a yes or no: whether the limit lies between the two. Below 1, at or below 0 and below 0.5 are one. */
const splitsAt = ({ comparison, threshold }: MetricRule) =>
  (threshold > 0 && threshold < 1) ||
  (threshold === 1 && (comparison === 'below' || comparison === 'atOrAbove')) ||
  (threshold === 0 && (comparison === 'atOrBelow' || comparison === 'above'))
    ? 'between'
    : [comparison, threshold];

/** Whether two rules read the same and look the same way, so that their limits can be compared. */
function comparable(a: MetricRule, b: MetricRule): boolean {
  const counts = a.statistic === 'Sum' || a.statistic === 'SampleCount';
  const sameReading = a.metric === b.metric && a.statistic === b.statistic && isBelow(a) === isBelow(b);
  return sameReading && (!counts || a.period === b.period);
}

/** Whether a limit is crossed no later than another as things get worse. */
const isLooser = (a: MetricRule, b: MetricRule) =>
  isBelow(a) ? a.threshold >= b.threshold : a.threshold <= b.threshold;

/** A worse tier that is reached first: the milder rule warns of nothing any more. A longer wait makes a looser limit right. */
const tiersInverted = onMetric('tiers-inverted', (rule, target, document) => {
  const milder = metricRulesOf(target).find(
    (other) =>
      isWorse(rule, other) &&
      comparable(rule, other) &&
      isLooser(rule, other) &&
      takesToFire(rule) <= takesToFire(other),
  );
  return (
    milder &&
    `is ${rule.tier} and fires no later than ${milder.id}, which is ${milder.tier}: the limits are ${sayLimitOf(rule, document)} and ${sayLimitOf(milder, document)}. Exchange the limits`
  );
});

/** A rule that silences what is worse: the page is not sent because a notice was. */
const inhibitsWorse: Lint = {
  code: 'inhibits-worse',
  look(rule, target) {
    if (isInCircle(rule, target)) return undefined;
    const inhibited = target.rules.filter(({ id }) => id !== rule.id && inhibitedBy(rule).includes(id));
    const worse = inhibited.find((other) => isWorse(other, rule));
    if (worse)
      return `is ${rule.tier} and silences ${worse.id}, which is ${worse.tier}: nobody is notified of the worse one. Let ${worse.id} silence this one`;
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
      `silences ${stricter.id}, whose limit is the worse one: nobody is notified when it gets worse. Let ${stricter.id} silence this one`
    );
  },
};

/** Rules that silence each other: whichever fires first, and nobody can say which, hides the other. */
const inhibitsInACircle: Lint = {
  code: 'inhibits-in-a-circle',
  look: (rule, target) =>
    isInCircle(rule, target)
      ? 'inhibits itself, by itself or over other rules: nobody can say which one notifies. Take one of them out of the circle'
      : undefined,
};

function isInCircle(rule: Rule, target: Target): boolean {
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

/** What can be wrong between the rules of a target. */
export const pairLints: readonly Lint[] = [duplicate, tiersInverted, inhibitsWorse, inhibitsInACircle];
