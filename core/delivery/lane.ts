import * as z from 'zod';
import { instant } from '../../events/instant.ts';
import { type Receipt, receipt } from '../../events/receipt.ts';
import type { Delivery, Lease } from './deliveries.ts';

/** How many receipts a lane remembers: enough for redeliveries to find theirs, few enough for one item. */
export const receiptsKept = 20;

/** The way of one group's notifications to one channel: who is delivering now, and what was delivered. */
export const lane = z.strictObject({
  group: z.string().min(1),
  channel: z.string().min(1),
  /** Counts writes; a write names the version that it replaces. */
  version: z.number().int().positive(),
  /** The highest sequence that was delivered; 0 before the first. */
  delivered: z.number().int().nonnegative(),
  lease: z.strictObject({ owner: z.string().min(1), sequence: z.number().int(), until: instant }).optional(),
  /** How often the delivery of each sequence was begun, as long as it may be begun again. */
  attempts: z.record(z.string(), z.number().int().positive()),
  /** The last receipts, the newest last. */
  receipts: z.array(receipt),
});

export type Lane = z.output<typeof lane>;

/**
 * Decides on a claim to a lane. The last word wins: what is older than the newest delivery is not sent, so that a channel
 * never ends on "resolved" while the alarm fires anew. One thing outweighs that: each incident is heard of at least once,
 * so the first word on an incident goes out late, and says so. `next` is the lane to write when the claim is granted; the answer holds only once that
 * write replaced the version that was read.
 */
export function claimLane(
  current: Lane | undefined,
  { group, channel, incident, sequence }: Delivery,
  { owner, now, until }: { owner: string; now: number; until: number },
): { answer: Lease; next?: Lane } {
  const is = current ?? { group, channel, version: 0, delivered: 0, attempts: {}, receipts: [] };
  const receipt = is.receipts.find((known) => known.sequence === sequence);
  if (receipt || sequence === is.delivered) return { answer: { lease: 'delivered', receipt } };
  const late = sequence < is.delivered;
  if (late && isKnown(is, incident)) return { answer: { lease: 'superseded' } };
  if (is.lease && is.lease.owner !== owner && is.lease.until > now) {
    return { answer: { lease: 'busy', until: is.lease.until } };
  }
  const attempts = (is.attempts[sequence] ?? 0) + 1;
  return {
    answer: { lease: 'leased', attempts, late },
    next: {
      ...is,
      version: is.version + 1,
      lease: { owner, sequence, until },
      attempts: { ...is.attempts, [sequence]: attempts },
    },
  };
}

/** Whether anything of an incident reached the channel, as far as the lane remembers. */
const isKnown = (lane: Lane, incident: string): boolean =>
  lane.receipts.some((receipt) => receipt.incident === incident && receipt.outcome === 'delivered');

/** The lane with a receipt kept and freed; undefined when nothing changes, since the receipt is there already. */
export function settleLane(current: Lane | undefined, settled: Receipt): Lane | undefined {
  const { group, channel, sequence, outcome } = settled;
  const is = current ?? { group, channel, version: 0, delivered: 0, attempts: {}, receipts: [] };
  const known = is.receipts.some((r) => r.sequence === sequence);
  // The lease of another sequence is another consumer's: it stays.
  const holds = is.lease?.sequence === sequence;
  if (known && !holds) return undefined;
  const delivered = outcome === 'delivered' ? Math.max(is.delivered, sequence) : is.delivered;
  return {
    ...is,
    version: is.version + 1,
    delivered,
    lease: holds ? undefined : is.lease,
    // Attempts are counted for what is newer than the newest delivery; a late word begins anew.
    attempts: Object.fromEntries(Object.entries(is.attempts).filter(([of]) => Number(of) > delivered)),
    receipts: known ? is.receipts : [...is.receipts, settled].slice(-receiptsKept),
  };
}

/** The lane freed by its owner; undefined when the lease is no longer this owner's. */
export function releaseLane(current: Lane | undefined, { sequence }: Delivery, owner: string): Lane | undefined {
  if (current?.lease?.owner !== owner || current.lease.sequence !== sequence) return undefined;
  return { ...current, version: current.version + 1, lease: undefined };
}
