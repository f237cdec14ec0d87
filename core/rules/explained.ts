import { tiers } from '../../events/tier.ts';
import type { Rule } from './rule.ts';

type Said = Pick<Rule, 'id' | 'tier' | 'inhibits'> & { explains: readonly string[] };

/**
 * What a rule inhibits among the rules of its target: those that it names, and those that follow from it. A rule that
 * follows is left alone where it is of a worse tier, or inhibits this one.
 */
export function inhibitsAmong({ id, tier, inhibits, explains }: Said, rules: readonly Said[]): string[] {
  const following = rules.filter(
    (other) =>
      explains.includes(other.id) &&
      other.id !== id &&
      tiers.indexOf(other.tier) >= tiers.indexOf(tier) &&
      !other.inhibits.includes(id),
  );
  return [...new Set([...inhibits, ...following.map((other) => other.id)])];
}
