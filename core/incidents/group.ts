import * as z from 'zod';
import { alarmStates } from '../../events/alarm-transition.ts';
import { count, nonEmptyText, ordinal, text } from '../../events/fields.ts';
import { instant } from '../../events/instant.ts';
import { notification } from '../../events/notification.ts';
import { incident } from './incident.ts';
import { closedIncident, timelineEntry } from './timeline.ts';

/** The last known state of a member of a group. */
const member = z.strictObject({
  state: z.enum(alarmStates),
  /** The time of the change according to CloudWatch (or when a batch run finished). Equal or older signals are ignored. */
  changedAt: instant,
  /** When it last became OK or ALARM. Missing data hides such a state but does not end it, so it has a separate time. */
  decidedAt: instant.optional(),
  /** Event rules: when the newest run began. Absent in groups of version 0.1, which ordered runs by their end. */
  beganAt: instant.optional(),
  /** The number of signals that arrived late or twice. */
  ignored: count,
  /** Event rules: the ids of the last runs, so that a run that is reported twice notifies once. Bounded. */
  seenRuns: z.array(text),
});

/** An entry of the outbox: a notification or record that must be published after the group is written. */
const outboxEntry = z.discriminatedUnion('owes', [
  z.strictObject({ owes: z.literal('notification'), id: text, notification }),
  z.strictObject({ owes: z.literal('timeline'), id: text, entry: timelineEntry }),
  z.strictObject({ owes: z.literal('record'), id: text, closed: closedIncident }),
]);

/**
 * The alarms that people are notified of together: by default one rule on one target. A group outlives its incidents. Every
 * change is one conditional write of the whole item. What must be published after it stays in its outbox until it is done.
 */
export const group = z.strictObject({
  /** The name of its alarm, or of its event rule. */
  key: nonEmptyText,
  /** The number of writes. A write states the version that it replaces. Set by update-group.ts. */
  version: ordinal,
  members: z.record(text, member),
  incident: incident.optional(),
  /** The sequence number of its last notification, across all of its incidents. */
  lastSequence: count,
  outbox: z.array(outboxEntry),
  /** When the sweep must process it, set by update-group.ts. Undefined keeps it out of the index. */
  dueAt: instant.optional(),
});

export type Group = z.output<typeof group>;
export type Member = z.output<typeof member>;
export type OutboxEntry = z.output<typeof outboxEntry>;

/** A group without any signal yet. */
export const newGroup = (key: string): Group => ({ key, version: 0, members: {}, lastSequence: 0, outbox: [] });

/** The last known state of a group's alarm or event rule. */
export const memberOf = (group: Group): Member | undefined => group.members[group.key];

/** The group with a new known state of its alarm or event rule. */
export const withMember = (group: Group, known: Member): Group => ({
  ...group,
  members: { ...group.members, [group.key]: known },
});

/** The group with one more signal counted that arrived late or twice. */
export const withIgnored = (group: Group, known: Member): Group =>
  withMember(group, { ...known, ignored: known.ignored + 1 });
