import { findMetric } from '../../catalog/metrics/catalogue.ts';
import * as packs from '../../catalog/packs/packs.ts';
import * as builders from '../../catalog/rules/rules.ts';
import { checkKinds } from '../../core/checks/checks.ts';
import { periodOf } from '../../core/metrics/refresh.ts';
import { type Rule, type RuleInput, rule } from '../../core/rules/rule.ts';
import type { RuleSet } from './rule-set.ts';

/** Every rule that Tocsin ships. */
export interface Catalogue {
  /** What each builder makes when nothing else is said. */
  byDefault: readonly Rule[];
  /** The same rules with the numbers of the guides, a set for each part of each pack: `tieredPack.service`. */
  packs: readonly RuleSet[];
}

/** What the helpers of a list make when nothing is said to them. */
const madeBy = (listed: Readonly<Record<string, unknown>>): unknown[] =>
  Object.values(listed).flatMap((make) => (typeof make === 'function' ? [make({}) as unknown] : []));

/** The checks at their default interval, or each minute where there is none: they decide the periods of rules. */
const everyCheck = checkKinds.map(({ name: check, settings }) => ({
  check,
  every: settings.safeParse({ check }).data?.every ?? 60,
}));

/** Rules as the door makes them, from what builders made. What is no rule is passed over. */
const rulesAmong = (made: readonly unknown[]): Rule[] =>
  made.flatMap((one): Rule[] => {
    const { data: said } = rule.safeParse(one);
    if (!said) return [];
    return said.type === 'event'
      ? [said]
      : [{ ...said, period: periodOf(said, findMetric(said.metric), { checks: everyCheck }) }];
  });

const setsOf = (pack: string, parts: Readonly<Record<string, () => RuleInput[]>>): RuleSet[] =>
  Object.entries(parts).map(([part, rules]) => ({ name: `${pack}.${part}`, rules: rulesAmong(rules()) }));

/** Finds every rule of every builder and pack in their lists. */
export const catalogue = (): Catalogue => ({
  byDefault: rulesAmong(madeBy(builders)),
  packs: Object.entries(packs).flatMap(([pack, parts]) => setsOf(pack, parts)),
});
