import * as z from 'zod';
import { instant } from '../../events/instant.ts';

/** A line of an incident's timeline. */
export const timelineEntry = z.strictObject({
  incident: z.string().min(1),
  /** The key of the incident's group. Absent in an outbox, which is the group's own, and in entries of version 0.1. */
  group: z.string().min(1).optional(),
  at: instant,
  /** Orders entries with the same time and makes writes idempotent. */
  sequence: z.string().min(1),
  what: z.string().min(1),
  detail: z.string(),
});

/** A closed incident. */
export const closedIncident = z.strictObject({
  incident: z.string().min(1),
  alarm: z.string().min(1),
  title: z.string(),
  openedAt: instant,
  closedAt: instant,
  how: z.enum(['resolved', 'rule-removed', 'news']),
  reminders: z.number().int().nonnegative(),
});

export type TimelineEntry = z.output<typeof timelineEntry>;
export type ClosedIncident = z.output<typeof closedIncident>;
