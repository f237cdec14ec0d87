import type { Group, OutboxEntry } from './group.ts';
import type { Incident } from './incident.ts';
import { withoutNoData, withoutRecheck } from './incident-marks.ts';
import { note, notify } from './notify.ts';
import type { StepContext } from './step-context.ts';
import type { ClosedIncident } from './timeline.ts';

/** How an incident ends. `at` is the time when it ended, which may be before `now`. */
interface End {
  how: Exclude<ClosedIncident['how'], 'news'>;
  at: number;
  now: number;
}

/** Closes the incident, notifies its audience unless they were never notified of it, and adds its record to the outbox. */
export function closeIncident(group: Group, incident: Incident, { how, at, now }: End): Group {
  const kind = how === 'resolved' ? 'resolved' : 'closed';
  const last = incident.inhibited
    ? note(group, incident, { what: kind, detail: 'no notifications were sent for it', now })
    : notify(group, incident, { kind, now, resolvedAt: at });
  return recordClosed(last, incident, how, at);
}

/** The group without its incident, with the record of the incident in its outbox. */
export function recordClosed(
  group: Group,
  { id, subject, openedAt, reminders }: Incident,
  how: ClosedIncident['how'],
  closedAt: number,
): Group {
  const record: OutboxEntry = {
    owes: 'record',
    id: `record/${id}`,
    closed: { incident: id, alarm: subject.alarm, title: subject.title, openedAt, closedAt, how, reminders },
  };
  return { ...group, incident: undefined, outbox: [...group.outbox, record] };
}

/**
 * An incident has recovered: it is closed, or held open for the time that its rule sets, in case the alarm fires again.
 * @param at when it recovered
 */
export function recover(group: Group, incident: Incident, at: number, { now, settings }: StepContext): Group {
  const closeAt = at + (settings?.keepFiringSeconds ?? 0) * 1000;
  if (closeAt <= now) return closeIncident(group, incident, { how: 'resolved', at, now });
  const held = { ...withoutNoData(withoutRecheck(incident)), recoveredAt: at, closeAt };
  return note(group, held, { what: 'recovered', detail: 'held open in case the alarm fires again', now });
}
