import { alarmName } from '../alarms/alarm.ts';
import type { MonitoringDocument } from '../definition/document.ts';
import type { Groups } from './ports.ts';
import { findWatchedRule, type WatchedRule } from './watched-rule.ts';

/** The rules that inhibit a rule: those of the same target whose `inhibits` names it. */
export const inhibitorsOf = (document: MonitoringDocument, { rule, target }: WatchedRule): WatchedRule[] =>
  target.rules
    .filter(({ inhibits }) => inhibits.includes(rule.id))
    .flatMap(({ id }) => findWatchedRule(document, alarmName(document, target, id)) ?? []);

/**
 * The id of the first rule whose open incident makes notifications of this one unnecessary. An incident that is itself
 * inhibited does not inhibit. Where two alarms fire in the same minute the weaker may notify first: one alert too many is
 * better than one too few.
 */
export async function inhibitedBy(
  document: MonitoringDocument,
  groups: Pick<Groups, 'load'>,
  watched: WatchedRule,
): Promise<string | undefined> {
  for (const { key, rule } of inhibitorsOf(document, watched)) {
    const incident = (await groups.load(key))?.incident;
    if (incident && !incident.inhibited) return rule.id;
  }
  return undefined;
}
