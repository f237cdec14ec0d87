import type { Group } from './group.ts';
import { written } from './group-change.ts';
import { closed, told } from './incident-life.ts';
import { noDataPatienceSeconds } from './on-alarm.ts';

// Part of the state machine of incidents: pure functions from a group, and what happened, to the group that follows. Each
// returns the same object when nothing changes, so that nothing is written.

/** What is due: a reminder, or the notice that there is no data, unless our own check explains that (`explained`). */
export function onDue(group: Group, now: number, explained: boolean): Group {
  let next = group;
  const open = () => next.incident;
  if (isDue(open()?.tellNoDataAt, now)) {
    next = explained
      ? written({ ...next, incident: { ...open()!, tellNoDataAt: now + noDataPatienceSeconds * 1000 } }, now)
      : told(next, { ...open()!, tellNoDataAt: undefined }, 'no-data', now);
  }
  const incident = open();
  if (incident?.remindEverySeconds && isDue(incident.remindAt, now)) {
    const every = incident.remindEverySeconds * 1000;
    // Reminders that were missed while nothing ran are skipped, never replayed.
    const remindAt = incident.remindAt! + every * (Math.floor((now - incident.remindAt!) / every) + 1);
    next = told(next, { ...incident, remindAt, reminders: incident.reminders + 1 }, 'reminder', now);
  }
  return next;
}

/** The rule or its alarm is gone: nobody will hear of it again, and people are told so, once. */
export const onRuleRemoved = (group: Group, now: number): Group =>
  group.incident ? closed(group, group.incident, 'rule-removed', now, now) : group;

/** These promises were kept. */
export const onKept = (group: Group, ids: ReadonlySet<string>, now: number): Group =>
  group.outbox.some((owed) => ids.has(owed.id))
    ? written({ ...group, outbox: group.outbox.filter((owed) => !ids.has(owed.id)) }, now)
    : group;

const isDue = (at: number | undefined, now: number) => at !== undefined && at <= now;
