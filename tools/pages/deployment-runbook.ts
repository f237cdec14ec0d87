import type { MonitoringDocument } from '../../core/definition/document.ts';
import { groupBy } from '../../core/group-by.ts';
import { inhibitorsOf } from '../../core/incidents/inhibition.ts';
import { ruleName, type WatchedRule } from '../../core/incidents/watched-rule.ts';
import { alarmUrl, sayPlaces } from './console.ts';
import { silencedBy } from './rule-set.ts';
import { sayActions, sayAgain, sayFires, sayMetric, table } from './say-rule.ts';

/** What a page of a deployment is made from, beside its rules. */
interface Place {
  document: MonitoringDocument;
  region?: string | undefined;
  /** The way to the glossary from the page. */
  glossary: string;
}

/** The generated part of the page of one deployment for the rules that share a runbook: its alarms, and who hears of them. */
export function deploymentRunbook(watches: readonly WatchedRule[], place: Place): string {
  const { document, region } = place;
  const alarms = table(
    ['alarm', 'tier', 'fires when', 'told', 'again', 'owner'],
    watches.map(({ alarm, rule }) => [
      // An event rule has a name and no alarm.
      region === undefined || rule.type === 'event' ? `\`${alarm}\`` : `[\`${alarm}\`](${alarmUrl(region, alarm)})`,
      rule.tier,
      sayFires(document, rule),
      (rule.channels ?? document.routes[rule.tier]).map((name) => sayChannel(document, name)).join(', '),
      sayAgain(rule),
      rule.owner ?? '–',
    ]),
  );
  return [
    alarms,
    facts(watches, place),
    `${watches.length === 1 ? 'Its' : 'Their'} messages say:`,
    ...actions(watches),
  ].join('\n\n');
}

const sayChannel = ({ channels }: MonitoringDocument, name: string) => `${name} (${channels[name]?.channel})`;

function facts(watches: readonly WatchedRule[], { document, region, glossary }: Place): string {
  const lines = [
    ...watches.map(({ rule }) => `**Reads:** ${sayMetric(document, rule, glossary)}`),
    ...watches.flatMap(({ rule, target }) =>
      silencedBy(rule).map((id) => `**Silences** \`${id}\` of ${target.name} while it is open`),
    ),
    ...watches.flatMap((watch) =>
      inhibitorsOf(document, watch).map(({ rule, target }) => `**Silenced by** \`${rule.id}\` of ${target.name}`),
    ),
    ...watches
      .filter(({ rule }) => rule.tier === 'critical')
      .map(({ rule, target }) => `**Call** for ${target.name}: ${rule.owner ?? sayOperators(document)}`),
    `**Console:** ${sayPlaces(region, document)}`,
  ];
  return [...new Set(lines)].map((line) => `- ${line}`).join('\n');
}

/** Who is called where a rule names no owner. */
export const sayOperators = ({ operators }: MonitoringDocument): string =>
  operators.join(', ') || 'nobody is named; give the rule an `owner`, or the config `operators`';

/** What the messages say to do: once where the rules agree, else a list for each that differs. */
function actions(watches: readonly WatchedRule[]): string[] {
  const [only] = watches.length === 1 ? watches : [];
  const lists = groupBy(
    watches,
    ({ rule, target }) => sayActions(rule, only && target.name) || '1. Nothing beyond this page.',
  );
  if (lists.size === 1) return [...lists.keys()];
  return [...lists].map(([list, of]) => `Of ${of.map(ruleName).join(', ')}:\n\n${list}`);
}
