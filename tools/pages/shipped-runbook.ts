import { metrics } from '../../catalog/metrics/catalogue.ts';
import type { Rule } from '../../core/rules/rule.ts';
import { sayCondition } from '../../core/rules/say-condition.ts';
import { formatDuration } from '../../core/time/duration.ts';
import type { Catalogue } from './catalogue.ts';
import { sayPlaces } from './console.ts';
import { type RuleSet, silencedBy, silencersIn } from './rule-set.ts';
import { sayActions, sayAgain, sayFires, sayMetric, table } from './say-rule.ts';

const ofCatalogue = { metrics };
const quoted = (ids: readonly string[]) => ids.map((id) => `[${id}](${id}.md)`).join(', ');

/** The generated part of the page that Tocsin ships for a rule: what it does by default, and in which packs. */
export function shippedRunbook(rule: Rule, { packs }: Catalogue): string {
  const inPacks = packs.flatMap((set) => set.rules.filter(({ id }) => id === rule.id).map((found) => ({ set, found })));
  return [
    facts(
      rule,
      inPacks.map(({ set }) => set),
    ),
    packTable(inPacks),
    'Its messages say:',
    sayActions(rule),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function facts(rule: Rule, sets: readonly RuleSet[]): string {
  const silences = setsWhere(sets, (set) => silencedBy(set.rules.find(({ id }) => id === rule.id)!));
  const silenced = setsWhere(sets, (set) => silencersIn(set, rule));
  const isCritical = [rule, ...sets.flatMap(({ rules }) => rules)].some(
    ({ id, tier }) => id === rule.id && tier === 'critical',
  );
  return [
    `- **Tier:** ${rule.tier}`,
    `- **Fires:** ${sayFires(ofCatalogue, rule)}`,
    `- **Reads:** ${sayMetric(ofCatalogue, rule, '../metrics.md')}`,
    `- **Told again:** ${sayAgain(rule)}`,
    ...(rule.type === 'metric' && rule.keepFiringFor
      ? [`- **Stays open** for ${formatDuration(rule.keepFiringFor)} after it recovered`]
      : []),
    ...silences.map((where) => `- **Silences** ${where}`),
    ...silenced.map((where) => `- **Silenced by** ${where}`),
    ...(isCritical ? ["- **Call:** the rule's `owner`; without one the config's `operators`"] : []),
    `- **Console:** ${sayPlaces()}`,
  ].join('\n');
}

/** The rules that a set names, and the set. */
const setsWhere = (sets: readonly RuleSet[], idsOf: (set: RuleSet) => readonly string[]): string[] =>
  sets.flatMap((set) => {
    const ids = idsOf(set);
    return ids.length > 0 ? [`${quoted(ids)} in \`${set.name}\``] : [];
  });

function packTable(found: readonly { set: RuleSet; found: Rule }[]): string {
  if (found.length === 0) return 'In no pack.';
  const rows = found.map(({ set, found: rule }) => [
    `\`${set.name}\``,
    rule.tier,
    `\`${sayCondition(ofCatalogue, rule)}\``,
    sayAgain(rule),
  ]);
  return table(['in the pack', 'tier', 'fires when', 'told again'], rows);
}
