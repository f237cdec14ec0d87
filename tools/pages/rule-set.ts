import type { MonitoringDocument } from '../../core/definition/document.ts';
import type { Rule } from '../../core/rules/rule.ts';

/** Rules that may refer to each other: those of one target, or of one part of a pack. */
export interface RuleSet {
  name: string;
  rules: readonly Rule[];
}

/** The rule set of each target. */
export const ruleSetsOf = ({ targets }: Pick<MonitoringDocument, 'targets'>): RuleSet[] =>
  targets.map(({ name, rules }) => ({ name, rules }));

/** The ids of the rules of a set that inhibit a rule. */
export const inhibitorsIn = ({ rules }: RuleSet, { id }: Rule): string[] =>
  rules.filter((other) => other.inhibits.includes(id)).map((other) => other.id);

/** The ids of the rules that a rule inhibits. */
export const inhibitedBy = ({ inhibits }: Rule): readonly string[] => inhibits;
