import { alarmName } from '../alarms/alarm.ts';
import type { MonitoringDocument } from '../definition/document.ts';
import type { Groups } from './ports.ts';
import { findWatchedRule, type WatchedRule } from './watched-rule.ts';

/** The rules that inhibit a rule: those of the same target that list it in `inhibits`. */
export const inhibitorsOf = (document: MonitoringDocument, { rule, target }: WatchedRule): WatchedRule[] =>
  target.rules
    .filter(({ inhibits }) => inhibits.includes(rule.id))
    .flatMap(({ id }) => findWatchedRule(document, alarmName(document, target, id)) ?? []);

/**
 * The id of the first rule whose open incident inhibits this one. An incident that is itself inhibited does not inhibit
 * others. If two alarms fire in the same minute, the inhibited one may notify first: an additional alert is better than a
 * lost one.
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
