import type { Clock } from '../time/clock.ts';

const dayMs = 86_400_000;

/** How long a store keeps what is over. */
export interface Retention {
  clock: Pick<Clock, 'now'>;
  retentionDays: number;
}

/** The time to live of something that happened at this moment, in epoch seconds. */
export const expiresAt = ({ retentionDays }: Pick<Retention, 'retentionDays'>, at: number): number =>
  Math.ceil((at + retentionDays * dayMs) / 1000);

/**
 * The earliest moment that is still kept. DynamoDB deletes expired items days late, so every answer starts here: what is
 * expired is neither shown nor paid for.
 */
export const keptSince = ({ clock, retentionDays }: Retention): number => clock.now() - retentionDays * dayMs + 1;

/** The last days up to now, as far as they are kept: `[from, to)`. */
export const lastDays = (retention: Retention, days: number): { from: number; to: number } => ({
  from: Math.max(retention.clock.now() - days * dayMs, keptSince(retention)),
  to: retention.clock.now() + 1,
});

/** The UTC days that `[from, to)` touches, newest first. */
export function utcDaysBackward(from: number, to: number): string[] {
  const first = Math.floor(from / dayMs);
  const last = Math.floor((to - 1) / dayMs);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, back) =>
    new Date((last - back) * dayMs).toISOString().slice(0, 10),
  );
}

/** A moment as keys hold it: sorts as text. */
export const moment = (at: number): string => new Date(at).toISOString();
