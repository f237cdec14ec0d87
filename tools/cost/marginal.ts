import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import { allSecretsOf, observedWith, secretsOf } from '../../core/deployment/references.ts';
import { groupBy } from '../../core/group-by.ts';
import type { Rule } from '../../core/rules/rule.ts';
import { billOf } from './bill.ts';
import { priceOfRule } from './price-of-rule.ts';

/** What one part adds to a bill: without it, the bill is so much smaller. */
export interface Marginal {
  name: string;
  usd: number;
}

/**
 * What each target, with its checks and rules, adds; the most expensive first. Alarms and metrics of rules add up. What
 * checks cost depends on all of them together (schedules, functions, a key), so it is read off the bill: once for all
 * targets that are checked alike, since a bill sees no other difference between them.
 */
export function marginalTargets(document: MonitoringDocument): Marginal[] {
  const bare = { ...document, targets: document.targets.map((target) => ({ ...target, rules: [] })) };
  const { usd } = billOf(bare);
  const readOnce = secretsReadOnce(document);
  const known = new Map<string, number>();
  const checksOf = (target: Target, index: number): number => {
    const seen = seenByBill(target, readOnce);
    const without = () => billOf({ ...bare, targets: bare.targets.toSpliced(index, 1) }).usd;
    const added = known.get(seen) ?? usd - without();
    known.set(seen, added);
    return added;
  };
  const rulesOf = pricesOfRules(document);
  return mostExpensive(
    document.targets.map((target, index) => ({
      name: `${target.kind} ${target.name}`,
      usd: checksOf(target, index) + rulesOf(target, target.rules),
    })),
  );
}

/** What each rule adds: its alarm, and its metric where it alone asks the application for it; the most expensive first. */
export function marginalRules(document: MonitoringDocument): Marginal[] {
  const rulesOf = pricesOfRules(document);
  return mostExpensive(
    document.targets.flatMap((target) =>
      target.rules.map((rule) => ({ name: `${target.name}/${rule.id}`, usd: rulesOf(target, [rule]) })),
    ),
  );
}

/** What rules of a target add together: their alarms, and each metric that no other rule reads. */
function pricesOfRules(document: MonitoringDocument): (target: Target, rules: readonly Rule[]) => number {
  const readers = new Map<string, number>();
  for (const target of document.targets) {
    for (const [metric, { length }] of byMetric(target, target.rules))
      readers.set(metric, (readers.get(metric) ?? 0) + length);
  }
  return (target, rules) => {
    const alarms = rules.reduce((sum, rule) => sum + priceOfRule(document, rule).alarm, 0);
    const metrics = [...byMetric(target, rules)]
      .filter(([metric, { length }]) => readers.get(metric) === length)
      .reduce((sum, [, [rule]]) => sum + priceOfRule(document, rule!).metric, 0);
    return alarms + metrics;
  };
}

/** Rules by the series that they read. A run that ends is none. */
const byMetric = (target: Target, rules: readonly Rule[]) =>
  groupBy(rules, (rule) => (rule.type === 'metric' ? `${target.name} ${rule.metric}` : ''));

/** All that a bill sees of a target without rules: two that are alike in it cost the same. */
const seenByBill = (target: Target, readOnce: ReadonlyMap<string, string>): string =>
  JSON.stringify([
    target.kind,
    target.checks.map(({ check, every }) => [check, every]).sort(),
    target.kind === 'volume' && target.source.source,
    secretsOf(observedWith(target))
      .map(({ name }) => readOnce.get(name) ?? 'elsewhere as well')
      .filter((where) => where !== 'elsewhere as well')
      .sort(),
  ]);

/** The secrets that the checks of one target alone read, each with whether a channel reads it, too. */
function secretsReadOnce(document: MonitoringDocument): Map<string, string> {
  const ofChannels = new Set(allSecretsOf({ ...document, targets: [] }).map(({ name }) => name));
  const reads = document.targets.flatMap((target) => secretsOf(observedWith(target)));
  return new Map(
    [...groupBy(reads, ({ name }) => name)]
      .filter(([, { length }]) => length === 1)
      .map(([name, [read]]) => [name, `${read!.store}${ofChannels.has(name) ? ', and of a channel' : ''}`]),
  );
}

const mostExpensive = (parts: readonly Marginal[]): Marginal[] => [...parts].sort((a, b) => b.usd - a.usd);
