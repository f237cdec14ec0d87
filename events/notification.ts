import * as z from 'zod';
import { nonEmptyText, optionalText, ordinal, text } from './fields.ts';
import { instant } from './instant.ts';
import { targetRef } from './target.ts';
import { tier } from './tier.ts';

/**
 * The kinds of notifications:
 * `opened` an incident opened · `again` the failure occurred again (event rules) · `reminder` the incident is still open ·
 * `no-data` no data, current state unknown · `resolved` the target recovered ·
 * `closed` the rule was removed, no further notifications · `news` for information, no incident.
 */
export const notificationKinds = ['opened', 'again', 'reminder', 'no-data', 'resolved', 'closed', 'news'] as const;

/**
 * The message from DECIDE to DELIVER: one message about one incident for one channel. It contains the complete content, so
 * that a notifier only formats it.
 */
export const notification = z.strictObject({
  /** `<incident id>/<sequence>`. Together with `channel` it names a delivery. */
  id: nonEmptyText,
  incident: nonEmptyText,
  /** The group of the incident. Together with `channel` it identifies the lane, in which notifications are ordered. */
  group: nonEmptyText,
  /** Increases within the group, over all of its incidents. The latest notification wins: see core/delivery/lane.ts. */
  sequence: ordinal,
  kind: z.enum(notificationKinds),
  channel: nonEmptyText,
  channelKind: nonEmptyText,
  tier,
  /** The name and stage of the deployment. */
  deployment: z.strictObject({ name: text, stage: text, timeZone: z.string() }),
  target: targetRef,
  /** The name of the alarm, or of the event rule in the same format. Its last part is the name of the runbook. */
  alarm: nonEmptyText,
  /** A short summary of the problem, without the target. */
  title: nonEmptyText,
  /** One or two sentences with the value and the threshold. */
  description: text,
  /** The newest value and the threshold that it crossed, formatted with their unit ("12.4 s"). */
  value: optionalText,
  threshold: optionalText,
  /** The error of the last failed check of the target: "status 503, expected 200". */
  cause: optionalText,
  /** What to do, step by step. */
  actions: z.array(text),
  /** Link or path of the runbook. */
  runbook: optionalText,
  openedAt: instant,
  /** The start of the failure: the first breaching datapoint, before the alarm fired. @default openedAt */
  startedAt: instant.optional(),
  /** Whether the target was down, so that the duration is downtime. @default false */
  down: z.boolean().optional(),
  at: instant,
  resolvedAt: instant.optional(),
  /** A remark of the notifier on the delivery: it is late, or may be a duplicate. */
  remark: optionalText,
});

export type Notification = z.output<typeof notification>;
