import * as z from 'zod';
import { count, nonEmptyText, ordinal, text } from '../../events/fields.ts';
import { instant } from '../../events/instant.ts';
import type { Notification } from '../../events/notification.ts';
import { type Receipt, receipt } from '../../events/receipt.ts';
import type { Claim, Delivery, Lease, Standing, Unsettled } from './deliveries.ts';

/** How many receipts a lane remembers: enough for redeliveries to find theirs, few enough for one item. */
export const receiptsKept = 20;

/** The way of one group's notifications to one channel: who is delivering now, and what was delivered. */
export const lane = z.strictObject({
  group: nonEmptyText,
  channel: nonEmptyText,
  /** Counts writes; a write names the version that it replaces. */
  version: ordinal,
  /** The highest sequence that anybody received; 0 before the first. */
  delivered: count,
  /** What the channel shows since then. Absent before the first, and in lanes of version 0.1. */
  standing: z.enum(['open', 'over']).optional(),
  lease: z.strictObject({ owner: nonEmptyText, sequence: z.number().int(), until: instant }).optional(),
  /** How often the delivery of each sequence was begun, as long as it may be begun again. */
  attempts: z.record(text, ordinal),
  /** Sequences without a receipt of which an attempt may have arrived. Bounded like `receipts`. */
  uncertain: z.array(z.number().int()).default([]),
  /** Sequences that reached some recipients and not all, with those recipients. Bounded like `receipts`. */
  reached: z.record(text, z.array(text)).default({}),
  /** The last receipts, the newest last. */
  receipts: z.array(receipt),
});

export type Lane = z.output<typeof lane>;

const newLane = ({ group, channel }: { group: string; channel: string }): Lane => ({
  group,
  channel,
  version: 0,
  delivered: 0,
  attempts: {},
  uncertain: [],
  reached: {},
  receipts: [],
});

/**
 * Decides on a claim to a lane. The last word wins: what is older than the newest delivery is not sent, so that a channel
 * never ends on "resolved" while the alarm fires anew. One thing outweighs that: people are notified of each incident at
 * least once, so the first notice about an incident goes out late, and looks like what the channel shows already.
 * `next` is the lane to write when the claim is granted; the answer holds only once that write replaced the version that
 * was read.
 */
export function claimLane(
  current: Lane | undefined,
  delivery: Delivery,
  { owner, now, until, soleProcess }: Claim,
): { answer: Lease; next?: Lane } {
  const { incident, sequence } = delivery;
  const is = current ?? newLane(delivery);
  const reached = is.reached[sequence] ?? [];
  const receipt = is.receipts.find((known) => known.sequence === sequence);
  if (receipt || (sequence === is.delivered && reached.length === 0))
    return { answer: { lease: 'delivered', receipt } };
  const isLate = sequence < is.delivered;
  if (isLate && isKnown(is, incident)) return { answer: { lease: 'superseded' } };
  const { lease } = is;
  const isVoid = soleProcess !== undefined && lease !== undefined && !lease.owner.startsWith(soleProcess);
  if (lease && lease.owner !== owner && lease.until > now && !isVoid)
    return { answer: { lease: 'busy', until: lease.until } };
  // Whoever still has a lease did not say what became of its attempt.
  const uncertain = lease ? withNumber(is.uncertain, lease.sequence) : is.uncertain;
  const attempts = (is.attempts[sequence] ?? 0) + 1;
  return {
    answer: {
      lease: 'leased',
      attempts,
      // A lane that does not know what it shows is taken for open: the alarm is looked at rather than forgotten.
      late: isLate ? (is.standing ?? 'open') : undefined,
      mayRepeat: uncertain.includes(sequence),
      reached,
    },
    next: {
      ...is,
      version: is.version + 1,
      uncertain,
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
  const { sequence, outcome, kind } = settled;
  const is = current ?? newLane(settled);
  const known = is.receipts.some((r) => r.sequence === sequence);
  // The lease of another sequence is another consumer's: it stays.
  const holds = is.lease?.sequence === sequence;
  if (known && !holds) return undefined;
  const arrived = outcome === 'delivered' ? arriving(is, sequence, kind) : is;
  const { [sequence]: _, ...reached } = is.reached;
  return {
    ...arrived,
    version: is.version + 1,
    lease: holds ? undefined : is.lease,
    reached,
    uncertain: is.uncertain.filter((one) => one !== sequence),
    receipts: known ? is.receipts : [...is.receipts, settled].slice(-receiptsKept),
  };
}

/** The lane after a notification arrived: what the channel shows now, if nothing newer arrived before. */
function arriving(is: Lane, sequence: number, kind: Notification['kind'] | undefined): Lane {
  if (sequence < is.delivered) return is;
  return {
    ...is,
    delivered: sequence,
    standing: standingAfter(kind) ?? is.standing,
    // Attempts are counted for what is newer than the newest delivery; those of a late notice begin again.
    attempts: Object.fromEntries(Object.entries(is.attempts).filter(([of]) => Number(of) > sequence)),
  };
}

/** What a channel shows after a notification of this kind; undefined for one that opens and ends nothing. */
export function standingAfter(kind: Notification['kind'] | undefined): Standing | undefined {
  switch (kind) {
    case 'opened':
    case 'again':
    case 'reminder':
    case 'no-data':
      return 'open';
    case 'resolved':
    case 'closed':
      return 'over';
    case 'news':
    case undefined:
      return undefined;
  }
}

/** The lane freed by its owner; undefined when the lease is no longer this owner's. */
export function releaseLane(
  current: Lane | undefined,
  { sequence, kind }: Delivery,
  owner: string,
  { mayHaveArrived = false, reached = [] }: Unsettled = {},
): Lane | undefined {
  if (current?.lease?.owner !== owner || current.lease.sequence !== sequence) return undefined;
  const is = reached.length > 0 ? arriving(current, sequence, kind) : current;
  const all = [...new Set([...(is.reached[sequence] ?? []), ...reached])];
  return {
    ...is,
    version: is.version + 1,
    lease: undefined,
    attempts: current.attempts,
    uncertain: mayHaveArrived ? withNumber(is.uncertain, sequence) : is.uncertain,
    reached: reached.length > 0 ? newest({ ...is.reached, [sequence]: all }) : is.reached,
  };
}

const withNumber = (numbers: readonly number[], one: number): number[] =>
  [...new Set([...numbers, one])].slice(-receiptsKept);

const newest = (reached: Lane['reached']): Lane['reached'] =>
  Object.fromEntries(
    Object.entries(reached)
      .sort(([one], [other]) => Number(one) - Number(other))
      .slice(-receiptsKept),
  );
