import { alarmName } from '../alarms/alarm.ts';
import type { MonitoringDocument } from '../definition/document.ts';
import type { Groups } from './ports.ts';
import { findWatch, type Watch } from './watch.ts';

/** The rules that inhibit a watch's rule: of the same target, whose `inhibits` names it. */
export const inhibitorsOf = (document: MonitoringDocument, { rule, target }: Watch): Watch[] =>
  target.rules
    .filter(({ inhibits }) => inhibits.includes(rule.id))
    .flatMap(({ id }) => findWatch(document, alarmName(document, target, id)) ?? []);

/**
 * The id of the first rule whose open incident says all that this one's would. An incident that is itself inhibited says
 * nothing. Where two alarms fire in the same minute the weaker may be told first: an alert too many is the lesser evil.
 */
export async function inhibitedBy(
  document: MonitoringDocument,
  groups: Pick<Groups, 'load'>,
  watch: Watch,
): Promise<string | undefined> {
  for (const { key, rule } of inhibitorsOf(document, watch)) {
    const incident = (await groups.load(key))?.incident;
    if (incident && !incident.inhibited) return rule.id;
  }
  return undefined;
}
