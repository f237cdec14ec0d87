import * as z from 'zod';
import { alarmStates } from '../../events/alarm-transition.ts';
import { instant } from '../../events/instant.ts';
import { notification } from '../../events/notification.ts';

/** The last known state of a member of a group. */
const member = z.strictObject({
  state: z.enum(alarmStates),
  /** When CloudWatch says that it changed (or a batch run finished). Equal or older signals change nothing. */
  changedAt: instant,
  /** When it last became OK or ALARM. No data hides such a state but does not end it, so it has a time of its own. */
  decidedAt: instant.optional(),
  /** Event rules: when the newest run began. Absent in groups of version 0.1, which ordered runs by their end. */
  beganAt: instant.optional(),
  /** Signals that came too late or twice, counted. */
  ignored: z.number().int().nonnegative(),
  /** Event rules: the last runs that were told, so that one reported twice is told once. Bounded. */
  seenRuns: z.array(z.string()),
});

/** What a person is told about while it is open. */
const incident = z.strictObject({
  id: z.string().min(1),
  openedAt: instant,
  /** What its first notification said, without channel and sequence: enough to resolve it when its rule is gone. */
  subject: notification.omit({
    id: true,
    group: true,
    sequence: true,
    kind: true,
    channel: true,
    channelKind: true,
    at: true,
    resolvedAt: true,
    remark: true,
  }),
  /** Who was told, by channel name and kind; the same hear how it goes on. */
  audience: z.array(z.strictObject({ channel: z.string(), channelKind: z.string() })),
  remindEverySeconds: z.number().positive().optional(),
  remindAt: instant.optional(),
  reminders: z.number().int().nonnegative(),
  /** Its alarm has recovered, and the rule holds the incident open until `closeAt` in case it fires again. */
  recoveredAt: instant.optional(),
  closeAt: instant.optional(),
  /** Another rule's incident says it all: nobody has been told of this one. Looked at again at `tellAt`. */
  inhibited: z.strictObject({ by: z.string(), tellAt: instant }).optional(),
  /** Since when its alarm has no data, and when people are told so unless our own check explains it. */
  noDataSince: instant.optional(),
  tellNoDataAt: instant.optional(),
  /** Its alarm is OK though the newest value breaches: looked at again then, until a value does not. */
  recheckAt: instant.optional(),
});

/** A line of an incident's timeline. */
export const timelineEntry = z.strictObject({
  incident: z.string().min(1),
  at: instant,
  /** Orders entries of one moment and makes writing them idempotent. */
  sequence: z.string().min(1),
  what: z.string().min(1),
  detail: z.string(),
});

/** An incident that is over. */
export const closedIncident = z.strictObject({
  incident: z.string().min(1),
  alarm: z.string().min(1),
  title: z.string(),
  openedAt: instant,
  closedAt: instant,
  how: z.enum(['resolved', 'rule-removed', 'news']),
  reminders: z.number().int().nonnegative(),
});

/** Something that a transition promised to do after its one write: the outbox of the group. */
const owed = z.discriminatedUnion('owes', [
  z.strictObject({ owes: z.literal('notification'), id: z.string(), notification }),
  z.strictObject({ owes: z.literal('timeline'), id: z.string(), entry: timelineEntry }),
  z.strictObject({ owes: z.literal('record'), id: z.string(), closed: closedIncident }),
]);

/**
 * The alarms that a person hears of together: by default one rule on one target. Outlives its incidents. Every change is
 * one conditional write of the whole item; what must follow stands in its outbox until it is done.
 */
export const group = z.strictObject({
  /** The name of its alarm, or of its event rule. */
  key: z.string().min(1),
  /** Counts writes; a write names the version that it replaces. */
  version: z.number().int().positive(),
  members: z.record(z.string(), member),
  incident: incident.optional(),
  /** The sequence of its last notification, over all of its incidents. */
  lastSequence: z.number().int().nonnegative(),
  outbox: z.array(owed),
  /** When the sweep must look at it: something owed, a reminder, a notice. Undefined keeps it out of the index. */
  dueAt: instant.optional(),
});

export type Group = z.output<typeof group>;
export type Member = z.output<typeof member>;
export type Incident = z.output<typeof incident>;
export type TimelineEntry = z.output<typeof timelineEntry>;
export type ClosedIncident = z.output<typeof closedIncident>;
export type Owed = z.output<typeof owed>;
