import * as z from 'zod';
import { count, nonEmptyText, text } from '../../events/fields.ts';
import { instant } from '../../events/instant.ts';
import { notification } from '../../events/notification.ts';
import { stableHash } from '../stable-hash.ts';

/** An open incident: what people are notified of. */
export const incident = z.strictObject({
  id: nonEmptyText,
  openedAt: instant,
  /** The content of its first notification, without channel and sequence: enough to resolve it after its rule is removed. */
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
  /** The channels that were notified, by name and kind. The same channels receive all later notifications. */
  audience: z.array(z.strictObject({ channel: text, channelKind: z.string() })),
  remindEverySeconds: z.number().positive().optional(),
  remindAt: instant.optional(),
  reminders: count,
  /** Its alarm has recovered, and the rule holds the incident open until `closeAt` in case it fires again. */
  recoveredAt: instant.optional(),
  closeAt: instant.optional(),
  /** The incident of another rule inhibits this one: no notifications have been sent. Checked again at `tellAt`. */
  inhibited: z.strictObject({ by: text, tellAt: instant }).optional(),
  /** Since when its alarm has no data, and when people are notified of it, unless a check that does not run is the cause. */
  noDataSince: instant.optional(),
  tellNoDataAt: instant.optional(),
  /** Its alarm is OK although the newest value breaches: the time of the next check, until a value does not breach. */
  recheckAt: instant.optional(),
});

export type Incident = z.output<typeof incident>;

/**
 * The id of the incident that opens in a group at a given time. It is derived from both, so that a signal that is processed
 * again leads to the same incident.
 */
export const incidentId = (groupKey: string, openedAt: number): string =>
  `inc-${stableHash(`${groupKey}@${openedAt}`).slice(0, 12)}`;

/** Whether a text has the form of an incident id. */
export const isIncidentId = (text: string): boolean => /^inc-[0-9a-f]{12}$/.test(text);
