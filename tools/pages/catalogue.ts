import { findMetric } from '../../catalog/metrics/catalogue.ts';
import * as packs from '../../catalog/packs/packs.ts';
import * as builders from '../../catalog/rules/rules.ts';
import { checkKinds } from '../../core/checks/checks.ts';
import { periodOf } from '../../core/metrics/refresh.ts';
import { type Rule, type RuleInput, rule } from '../../core/rules/rule.ts';
import type { RuleSet } from './rule-set.ts';

/** All rules that Tocsin provides. */
export interface Catalogue {
  /** The rule of each builder, with default options. */
  byDefault: readonly Rule[];
  /** The rules of the packs, with the thresholds of the guides. One set for each part of each pack: `tieredPack.service`. */
  packs: readonly RuleSet[];
}

/** Calls each function of a list with default options. */
const madeBy = (listed: Readonly<Record<string, unknown>>): unknown[] =>
  Object.values(listed).flatMap((make) => (typeof make === 'function' ? [make({}) as unknown] : []));

/** All checks at their default interval, or every minute if there is none. The interval sets the period of rules. */
const everyCheck = checkKinds.map(({ name: check, settings }) => ({
  check,
  every: settings.safeParse({ check }).data?.every ?? 60,
}));

/** Validates the results of builders. Anything that is not a rule is ignored. */
const rulesAmong = (made: readonly unknown[]): Rule[] =>
  made.flatMap((one): Rule[] => {
    const { data } = rule.safeParse(one);
    if (!data) return [];
    return data.type === 'event'
      ? [data]
      : [{ ...data, period: periodOf(data, findMetric(data.metric), { checks: everyCheck }) }];
  });

const setsOf = (pack: string, parts: Readonly<Record<string, () => RuleInput[]>>): RuleSet[] =>
  Object.entries(parts).map(([part, rules]) => ({ name: `${pack}.${part}`, rules: rulesAmong(rules()) }));

/** Returns all rules of all builders and packs. */
export const catalogue = (): Catalogue => ({
  byDefault: rulesAmong(madeBy(builders)),
  packs: Object.entries(packs).flatMap(([pack, parts]) => setsOf(pack, parts)),
});
