import { tiers } from '../../events/tier.ts';
import type { Rule } from './rule.ts';

type Inhibitor = Pick<Rule, 'id' | 'tier' | 'inhibits'> & { explains: readonly string[] };

/**
 * The ids of the rules that a rule inhibits on its target: those in `inhibits`, and those in `explains`. A rule in `explains`
 * is not inhibited if its tier is more severe, or if it inhibits this rule.
 */
export function inhibitsAmong({ id, tier, inhibits, explains }: Inhibitor, rules: readonly Inhibitor[]): string[] {
  const explained = rules.filter(
    (other) =>
      explains.includes(other.id) &&
      other.id !== id &&
      tiers.indexOf(other.tier) >= tiers.indexOf(tier) &&
      !other.inhibits.includes(id),
  );
  return [...new Set([...inhibits, ...explained.map((other) => other.id)])];
}
