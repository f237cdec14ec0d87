import * as z from 'zod';
import { instant } from './instant.ts';
import { targetRef } from './target.ts';
import { tier } from './tier.ts';

/**
 * What a notification says:
 * `opened` something broke · `again` it broke once more (event rules) · `reminder` it is still broken ·
 * `no-data` we can no longer see whether it is broken · `resolved` it recovered ·
 * `closed` its rule is gone, no more notifications will follow · `news` nothing is broken.
 */
export const notificationKinds = ['opened', 'again', 'reminder', 'no-data', 'resolved', 'closed', 'news'] as const;

/**
 * The message from DECIDE to DELIVER: one message about one incident for one channel. It carries all that a person
 * should read, so that a notifier only lays it out.
 */
export const notification = z.strictObject({
  /** `<incident id>/<sequence>`. Together with `channel` it names a delivery. */
  id: z.string().min(1),
  incident: z.string().min(1),
  /** The group whose incident it is. Together with `channel` it names the lane on which notifications follow each other. */
  group: z.string().min(1),
  /** Counts up within the group, over all of its incidents. The last word wins: see core/delivery/lane.ts. */
  sequence: z.number().int().positive(),
  kind: z.enum(notificationKinds),
  channel: z.string().min(1),
  channelKind: z.string().min(1),
  tier,
  /** The name and stage of the deployment that speaks. */
  deployment: z.strictObject({ name: z.string(), stage: z.string(), timeZone: z.string() }),
  target: targetRef,
  /** The alarm's name, or the event rule's name of the same form. The runbook has a heading of its last part. */
  alarm: z.string().min(1),
  /** What is wrong, in few words; what it is wrong with is `target`. */
  title: z.string().min(1),
  /** One or two sentences with the value and the threshold. */
  description: z.string(),
  /** The newest value that led here, and the limit it crossed, as a person writes them ("12.4 s"). */
  value: z.string().optional(),
  threshold: z.string().optional(),
  /** What the last failed check of the target saw: "status 503, expected 200". */
  cause: z.string().optional(),
  /** What to do, step by step. */
  actions: z.array(z.string()),
  /** Link or path of the page that says what to do. */
  runbook: z.string().optional(),
  openedAt: instant,
  /** When it broke: the first breaching datapoint, before the alarm had waited its time. @default openedAt */
  startedAt: instant.optional(),
  /** Whether the target was down, so that how long it lasted is its downtime. @default false */
  down: z.boolean().optional(),
  at: instant,
  resolvedAt: instant.optional(),
  /** What a notifier adds about the delivery itself: that it is late, or may be a repeat. */
  remark: z.string().optional(),
});

export type Notification = z.output<typeof notification>;
