import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import { allSecretsOf, observedWith, secretsOf } from '../../core/deployment/references.ts';
import { groupBy } from '../../core/group-by.ts';
import type { Rule } from '../../core/rules/rule.ts';
import { billOf } from './bill.ts';
import { priceOfRule } from './price-of-rule.ts';

/** What one part adds to a bill: the difference between the bill with it and without it. */
export interface Marginal {
  name: string;
  usd: number;
}

/**
 * What each target, with its checks and rules, adds; the most expensive first. The prices of alarms and metrics of rules
 * are summed. The cost of checks depends on all of them together (schedules, functions, a key), so it is computed from the
 * bill, once for all targets with the same checks, which cost the same.
 */
export function marginalTargets(document: MonitoringDocument): Marginal[] {
  const bare = { ...document, targets: document.targets.map((target) => ({ ...target, rules: [] })) };
  const { usd } = billOf(bare);
  const readOnce = secretsReadOnce(document);
  const known = new Map<string, number>();
  const checksOf = (target: Target, index: number): number => {
    const profile = costProfile(target, readOnce);
    const without = () => billOf({ ...bare, targets: bare.targets.toSpliced(index, 1) }).usd;
    const added = known.get(profile) ?? usd - without();
    known.set(profile, added);
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

/** What each rule adds: its alarm, and its metric if no other rule needs it from the application; the most expensive first. */
export function marginalRules(document: MonitoringDocument): Marginal[] {
  const rulesOf = pricesOfRules(document);
  return mostExpensive(
    document.targets.flatMap((target) =>
      target.rules.map((rule) => ({ name: `${target.name}/${rule.id}`, usd: rulesOf(target, [rule]) })),
    ),
  );
}

/** What rules of a target add together: their alarms, and each metric that no other rule uses. */
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

/** Groups rules by the metric of the target that they use. Event rules use none. */
const byMetric = (target: Target, rules: readonly Rule[]) =>
  groupBy(rules, (rule) => (rule.type === 'metric' ? `${target.name} ${rule.metric}` : ''));

/** All properties of a target, without its rules, that affect its cost. Two targets with the same profile cost the same. */
const costProfile = (target: Target, readOnce: ReadonlyMap<string, string>): string =>
  JSON.stringify([
    target.kind,
    target.checks.map(({ check, every }) => [check, every]).sort(),
    target.kind === 'volume' && target.source.source,
    secretsOf(observedWith(target))
      .map(({ name }) => readOnce.get(name) ?? 'read by others')
      .filter((where) => where !== 'read by others')
      .sort(),
  ]);

/** The secrets that only the checks of one target read. The value has the store, and whether a channel reads the secret too. */
function secretsReadOnce(document: MonitoringDocument): Map<string, string> {
  const ofChannels = new Set(allSecretsOf({ ...document, targets: [] }).map(({ name }) => name));
  const reads = document.targets.flatMap((target) => secretsOf(observedWith(target)));
  return new Map(
    [...groupBy(reads, ({ name }) => name)]
      .filter(([, { length }]) => length === 1)
      .map(([name, [read]]) => [name, `${read!.store}${ofChannels.has(name) ? ', and a channel' : ''}`]),
  );
}

const mostExpensive = (parts: readonly Marginal[]): Marginal[] => [...parts].sort((a, b) => b.usd - a.usd);
