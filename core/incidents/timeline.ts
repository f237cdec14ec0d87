import * as z from 'zod';
import { count, nonEmptyText, text } from '../../events/fields.ts';
import { instant } from '../../events/instant.ts';

/** A line of an incident's timeline. */
export const timelineEntry = z.strictObject({
  incident: nonEmptyText,
  /** The key of the incident's group. Absent in an outbox, which is the group's own, and in entries of version 0.1. */
  group: z.string().min(1).optional(),
  at: instant,
  /** Orders entries with the same time and makes writes idempotent. */
  sequence: nonEmptyText,
  what: nonEmptyText,
  detail: text,
});

/** A closed incident. */
export const closedIncident = z.strictObject({
  incident: nonEmptyText,
  alarm: nonEmptyText,
  title: text,
  openedAt: instant,
  closedAt: instant,
  how: z.enum(['resolved', 'rule-removed', 'news']),
  reminders: count,
});

export type TimelineEntry = z.output<typeof timelineEntry>;
export type ClosedIncident = z.output<typeof closedIncident>;
