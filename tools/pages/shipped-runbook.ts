import { metrics } from '../../catalog/metrics/catalogue.ts';
import type { Rule } from '../../core/rules/rule.ts';
import { sayCondition } from '../../core/rules/say-condition.ts';
import { formatDuration } from '../../core/time/duration.ts';
import type { Catalogue } from './catalogue.ts';
import { sayPlaces } from './console.ts';
import { inhibitedBy, inhibitorsIn, type RuleSet } from './rule-set.ts';
import { sayActions, sayFires, sayMetric, sayReminders, table } from './say-rule.ts';

const ofCatalogue = { metrics };
const quoted = (ids: readonly string[]) => ids.map((id) => `[${id}](${id}.md)`).join(', ');

/** Makes the generated part of the runbook that Tocsin provides for a rule: its defaults, and the packs that contain it. */
export function shippedRunbook(rule: Rule, { packs }: Catalogue): string {
  const inPacks = packs.flatMap((set) => set.rules.filter(({ id }) => id === rule.id).map((found) => ({ set, found })));
  return [
    facts(
      rule,
      inPacks.map(({ set }) => set),
    ),
    packTable(inPacks),
    'Actions in its messages:',
    sayActions(rule),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function facts(rule: Rule, sets: readonly RuleSet[]): string {
  const inhibits = setsWhere(sets, (set) => inhibitedBy(set.rules.find(({ id }) => id === rule.id)!));
  const inhibited = setsWhere(sets, (set) => inhibitorsIn(set, rule));
  const isCritical = [rule, ...sets.flatMap(({ rules }) => rules)].some(
    ({ id, tier }) => id === rule.id && tier === 'critical',
  );
  return [
    `- **Tier:** ${rule.tier}`,
    `- **Fires:** ${sayFires(ofCatalogue, rule)}`,
    `- **Metric:** ${sayMetric(ofCatalogue, rule, '../metrics.md')}`,
    `- **Reminders:** ${sayReminders(rule)}`,
    ...(rule.type === 'metric' && rule.keepFiringFor
      ? [`- **Stays open** for ${formatDuration(rule.keepFiringFor)} after recovery`]
      : []),
    ...inhibits.map((where) => `- **Inhibits** ${where}`),
    ...inhibited.map((where) => `- **Inhibited by** ${where}`),
    ...(isCritical ? ['- **Call:** the `owner` of the rule, or else the `operators` of the config'] : []),
    `- **Console:** ${sayPlaces()}`,
  ].join('\n');
}

/** For each set with such rules: the rules and the name of the set. */
const setsWhere = (sets: readonly RuleSet[], idsOf: (set: RuleSet) => readonly string[]): string[] =>
  sets.flatMap((set) => {
    const ids = idsOf(set);
    return ids.length > 0 ? [`${quoted(ids)} in \`${set.name}\``] : [];
  });

function packTable(found: readonly { set: RuleSet; found: Rule }[]): string {
  if (found.length === 0) return 'No pack contains this rule.';
  const rows = found.map(({ set, found: rule }) => [
    `\`${set.name}\``,
    rule.tier,
    `\`${sayCondition(ofCatalogue, rule)}\``,
    sayReminders(rule),
  ]);
  return table(['pack', 'tier', 'fires when', 'reminders'], rows);
}
