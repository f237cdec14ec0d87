import * as z from 'zod';
import { count, nonEmptyText, ordinal, text } from '../../events/fields.ts';
import { instant } from '../../events/instant.ts';
import type { Notification } from '../../events/notification.ts';
import { type Receipt, receipt } from '../../events/receipt.ts';
import type { Claim, Delivery, Lease, ShownState, Unsettled } from './deliveries.ts';

/** How many receipts a lane stores: enough for redeliveries to find theirs, few enough for one item. */
export const receiptsKept = 20;

/** The delivery state of one group and one channel: the current lease, and what was delivered. */
export const lane = z.strictObject({
  group: nonEmptyText,
  channel: nonEmptyText,
  /** The number of writes. A write states the version that it replaces. */
  version: ordinal,
  /** The highest sequence that was delivered; 0 before the first. */
  delivered: count,
  /** What the channel has shown since then. Absent before the first delivery, and in lanes of version 0.1. */
  standing: z.enum(['open', 'over']).optional(),
  lease: z.strictObject({ owner: nonEmptyText, sequence: z.number().int(), until: instant }).optional(),
  /** The number of delivery attempts of each sequence that may be attempted again. */
  attempts: z.record(text, ordinal),
  /** Sequences without a receipt for which an attempt may have arrived. Bounded like `receipts`. */
  uncertain: z.array(z.number().int()).default([]),
  /** Sequences that reached only some recipients, with these recipients. Bounded like `receipts`. */
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
 * Decides on a request for the lease of a lane. A notification that is older than the newest delivery is not sent, so that
 * the last message in a channel is never "resolved" while the alarm fires again. There is one exception: people must be
 * notified of each incident at least once, so the first notification of an incident is sent late, in the state that the
 * channel shows already.
 * `next` is the lane to write if the lease is granted. The answer is valid only after that write has replaced the version
 * that was read.
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
  // A lease that was not released: the outcome of its attempt is unknown.
  const uncertain = lease ? withNumber(is.uncertain, lease.sequence) : is.uncertain;
  const attempts = (is.attempts[sequence] ?? 0) + 1;
  return {
    answer: {
      lease: 'leased',
      attempts,
      // If the shown state is unknown, "open" is the safe choice: people check the alarm.
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

/** Whether a notification of an incident reached the channel, according to the stored receipts. */
const isKnown = (lane: Lane, incident: string): boolean =>
  lane.receipts.some((receipt) => receipt.incident === incident && receipt.outcome === 'delivered');

/** The released lane with a new receipt. Undefined if nothing changes, because the receipt is stored already. */
export function settleLane(current: Lane | undefined, settled: Receipt): Lane | undefined {
  const { sequence, outcome, kind } = settled;
  const is = current ?? newLane(settled);
  const known = is.receipts.some((r) => r.sequence === sequence);
  // The lease of another sequence belongs to another consumer: it is not released.
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

/** The lane after a notification arrived. What the channel shows changes only if nothing newer arrived before. */
function arriving(is: Lane, sequence: number, kind: Notification['kind'] | undefined): Lane {
  if (sequence < is.delivered) return is;
  return {
    ...is,
    delivered: sequence,
    standing: shownAfter(kind) ?? is.standing,
    // Attempts are counted for sequences after the newest delivery; those of a late notification start again.
    attempts: Object.fromEntries(Object.entries(is.attempts).filter(([of]) => Number(of) > sequence)),
  };
}

/** What a channel shows after a notification of this kind. Undefined for a kind that neither opens nor closes an incident. */
export function shownAfter(kind: Notification['kind'] | undefined): ShownState | undefined {
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

/** The lane after its owner has released it. Undefined if the lease no longer belongs to this owner. */
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
