import * as z from 'zod';
import { count, nonEmptyText, text } from '../../events/fields.ts';
import { instant } from '../../events/instant.ts';
import { notification } from '../../events/notification.ts';
import { stableHash } from '../stable-hash.ts';

/** What people are notified of while it is open. */
export const incident = z.strictObject({
  id: nonEmptyText,
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
  /** Who was notified, by channel name and kind. The same channels are notified of what follows. */
  audience: z.array(z.strictObject({ channel: text, channelKind: z.string() })),
  remindEverySeconds: z.number().positive().optional(),
  remindAt: instant.optional(),
  reminders: count,
  /** Its alarm has recovered, and the rule holds the incident open until `closeAt` in case it fires again. */
  recoveredAt: instant.optional(),
  closeAt: instant.optional(),
  /** Another rule's incident makes it unnecessary: nobody has been notified of this one. Checked again at `tellAt`. */
  inhibited: z.strictObject({ by: text, tellAt: instant }).optional(),
  /** Since when its alarm has no data, and when people are notified of that unless our own check explains it. */
  noDataSince: instant.optional(),
  tellNoDataAt: instant.optional(),
  /** Its alarm is OK though the newest value breaches: checked again then, until a value does not. */
  recheckAt: instant.optional(),
});

export type Incident = z.output<typeof incident>;

/**
 * The id of the incident that opens in a group at a moment. It follows from both, so that a signal that is played again names
 * the same incident.
 */
export const incidentId = (groupKey: string, openedAt: number): string =>
  `inc-${stableHash(`${groupKey}@${openedAt}`).slice(0, 12)}`;

/** Whether a text has the form of an incident's id. */
export const isIncidentId = (text: string): boolean => /^inc-[0-9a-f]{12}$/.test(text);
