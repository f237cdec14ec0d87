import type { MonitoringDocument } from '../../core/definition/document.ts';
import type { Rule } from '../../core/rules/rule.ts';

/** Rules that stand together and may name each other: those of a target, or of a part of a pack. */
export interface RuleSet {
  name: string;
  rules: readonly Rule[];
}

export const ruleSetsOf = ({ targets }: Pick<MonitoringDocument, 'targets'>): RuleSet[] =>
  targets.map(({ name, rules }) => ({ name, rules }));

/** The ids of the rules of a set that silence one of it. */
export const silencersIn = ({ rules }: RuleSet, { id }: Rule): string[] =>
  rules.filter((other) => other.inhibits.includes(id)).map((other) => other.id);

/** The ids of the rules that one silences. */
export const silencedBy = ({ inhibits }: Rule): readonly string[] => inhibits;
