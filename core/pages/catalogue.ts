import * as checks from '../checks/checks.ts';
import { periodOf } from '../metrics/refresh.ts';
import { findMetric } from '../metrics/registry.ts';
import * as packs from '../packs/packs.ts';
import * as builders from '../rules/builders/builders.ts';
import { type Rule, type RuleInput, rule } from '../rules/rule.ts';
import { type Duration, parseDuration } from '../time/duration.ts';
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

/** The checks as their helpers make them, each minute where a helper leaves it open: they decide the rules' periods. */
const everyCheck = madeBy(checks)
  .filter((made): made is { check: string; every?: Duration } => Object.hasOwn(made as object, 'check'))
  .map(({ check, every = '1 minute' }) => ({ check, every: parseDuration(every)! }));

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
  byDefault: rulesAmong([...madeBy(checks), ...madeBy(builders)]),
  packs: Object.entries(packs).flatMap(([pack, parts]) => setsOf(pack, parts)),
});
