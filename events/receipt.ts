import * as z from 'zod';
import { nonEmptyText, optionalText, ordinal } from './fields.ts';
import { instant } from './instant.ts';
import { notificationKinds } from './notification.ts';

/** The last message of the alert path: proof that a notification was delivered, or the reason why it was not sent. */
export const receipt = z.strictObject({
  notification: nonEmptyText,
  incident: nonEmptyText,
  group: nonEmptyText,
  channel: nonEmptyText,
  sequence: ordinal,
  /** The kind of the notification. Absent in receipts of version 0.1. */
  kind: z.enum(notificationKinds).optional(),
  /** `delivered`: the provider accepted it. `superseded`: a later notification of the incident had already arrived. */
  outcome: z.enum(['delivered', 'superseded']),
  at: instant,
  attempts: ordinal,
  /** The response of the provider: the message id of SES, "ok" from Slack. */
  proof: optionalText,
});

export type Receipt = z.output<typeof receipt>;
