import type { Clock } from '../time/clock.ts';

const dayMs = 86_400_000;

/** How long a store retains runs, closed incidents and receipts. */
export interface Retention {
  clock: Pick<Clock, 'now'>;
  retentionDays: number;
}

/** The expiry time of an item with this time, in epoch seconds. */
export const expiresAt = ({ retentionDays }: Pick<Retention, 'retentionDays'>, at: number): number =>
  Math.ceil((at + retentionDays * dayMs) / 1000);

/**
 * The earliest time that is retained. DynamoDB deletes expired items days late, so every query starts here: expired items are
 * neither returned nor billed.
 */
export const keptSince = ({ clock, retentionDays }: Retention): number => clock.now() - retentionDays * dayMs + 1;

/** The last days up to now, limited by the retention: `[from, to)`. */
export const lastDays = (retention: Retention, days: number): { from: number; to: number } => ({
  from: Math.max(retention.clock.now() - days * dayMs, keptSince(retention)),
  to: retention.clock.now() + 1,
});

/** The UTC days that overlap with `[from, to)`, newest first. */
export function utcDaysBackward(from: number, to: number): string[] {
  const first = Math.floor(from / dayMs);
  const last = Math.floor((to - 1) / dayMs);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, back) =>
    new Date((last - back) * dayMs).toISOString().slice(0, 10),
  );
}

/** A time in the format of keys, which sorts as text. */
export const moment = (at: number): string => new Date(at).toISOString();
