import type { MonitoringDocument } from '../../core/definition/document.ts';
import { groupBy } from '../../core/group-by.ts';
import { inhibitorsOf } from '../../core/incidents/inhibition.ts';
import { ruleName, type WatchedRule } from '../../core/incidents/watched-rule.ts';
import { alarmUrl, sayPlaces } from './console.ts';
import { inhibitedBy } from './rule-set.ts';
import { sayActions, sayFires, sayMetric, sayReminders, table } from './say-rule.ts';

/** The input of a page of a deployment, in addition to its rules. */
interface Place {
  document: MonitoringDocument;
  region?: string | undefined;
  /** The relative path from the page to the glossary. */
  glossary: string;
}

/** Makes the generated part of a runbook of one deployment, for all rules with this runbook: the alarms and the channels that they notify. */
export function deploymentRunbook(watches: readonly WatchedRule[], place: Place): string {
  const { document, region } = place;
  const alarms = table(
    ['alarm', 'tier', 'fires when', 'notifies', 'reminders', 'owner'],
    watches.map(({ alarm, rule }) => [
      // An event rule has a name but no alarm.
      region === undefined || rule.type === 'event' ? `\`${alarm}\`` : `[\`${alarm}\`](${alarmUrl(region, alarm)})`,
      rule.tier,
      sayFires(document, rule),
      (rule.channels ?? document.routes[rule.tier]).map((name) => sayChannel(document, name)).join(', '),
      sayReminders(rule),
      rule.owner ?? '–',
    ]),
  );
  return [
    alarms,
    facts(watches, place),
    `Actions in ${watches.length === 1 ? 'its' : 'their'} messages:`,
    ...actions(watches),
  ].join('\n\n');
}

const sayChannel = ({ channels }: MonitoringDocument, name: string) => `${name} (${channels[name]?.channel})`;

function facts(watches: readonly WatchedRule[], { document, region, glossary }: Place): string {
  const lines = [
    ...watches.map(({ rule }) => `**Metric:** ${sayMetric(document, rule, glossary)}`),
    ...watches.flatMap(({ rule, target }) =>
      inhibitedBy(rule).map((id) => `**Inhibits** \`${id}\` of ${target.name} while its incident is open`),
    ),
    ...watches.flatMap((watch) =>
      inhibitorsOf(document, watch).map(({ rule, target }) => `**Inhibited by** \`${rule.id}\` of ${target.name}`),
    ),
    ...watches
      .filter(({ rule }) => rule.tier === 'critical')
      .map(({ rule, target }) => `**Call** for ${target.name}: ${rule.owner ?? sayOperators(document)}`),
    `**Console:** ${sayPlaces(region, document)}`,
  ];
  return [...new Set(lines)].map((line) => `- ${line}`).join('\n');
}

/** The contacts of a rule without an owner. */
export const sayOperators = ({ operators }: MonitoringDocument): string =>
  operators.join(', ') || 'no contact; give the rule an `owner`, or the config `operators`';

/** The actions in the messages: one list if the rules agree, or else one list for each difference. */
function actions(watches: readonly WatchedRule[]): string[] {
  const [only] = watches.length === 1 ? watches : [];
  const lists = groupBy(watches, ({ rule, target }) => sayActions(rule, only && target.name) || '1. See this page.');
  if (lists.size === 1) return [...lists.keys()];
  return [...lists].map(([list, of]) => `For ${of.map(ruleName).join(', ')}:\n\n${list}`);
}
