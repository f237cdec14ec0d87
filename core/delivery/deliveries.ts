import type { Notification } from '../../events/notification.ts';
import type { Receipt } from '../../events/receipt.ts';

/** The delivery of one notification of an incident to one channel. */
export interface Delivery {
  /** The group of the incident. Together with the channel it identifies the lane. */
  group: string;
  incident: string;
  channel: string;
  sequence: number;
  kind: Notification['kind'];
}

/** What the last message in a channel shows of an alarm: that an incident is open, or that it is over. */
export type ShownState = 'open' | 'over';

/** A request for the lease of a lane. */
export interface Claim {
  owner: string;
  /** Epoch milliseconds, as all times here. */
  now: number;
  until: number;
  /**
   * The prefix of the only process that uses the store (on the laptop). Leases of owners without this prefix belong to ended
   * processes and are void. @default undefined: every lease is valid until it expires
   */
  soleProcess?: string | undefined;
}

/** The exclusive right to deliver until the lease expires. */
export interface Leased {
  lease: 'leased';
  attempts: number;
  /** A newer notification of this group was delivered already, but none of this incident: what the channel shows now. */
  late?: ShownState | undefined;
  /** An earlier attempt may have arrived: it was interrupted, or got no response. */
  mayRepeat: boolean;
  /** The recipients that have this notification already. */
  reached: readonly string[];
}

/**
 * The result of a lease request:
 * `leased`: deliver now · `delivered`: the delivery has a receipt already ·
 * `superseded`: a later notification was delivered first and people were notified of the incident, so it must not be sent ·
 * `busy`: another consumer has the lease for this group and channel until this time.
 */
export type Lease =
  | Leased
  | { lease: 'delivered'; receipt?: Receipt | undefined }
  | { lease: 'superseded' }
  | { lease: 'busy'; until: number };

/** What is known of an attempt without a receipt. */
export interface Unsettled {
  /** It was sent, and whether it arrived is not known. @default false */
  mayHaveArrived?: boolean | undefined;
  /** The recipients that it reached. @default none */
  reached?: readonly string[] | undefined;
}

/**
 * The store of leases and receipts. A lease is on the lane of a group and a channel, not on a single notification, so that
 * two notifications of one alarm can never overtake each other while one is being sent.
 */
export interface Deliveries {
  /** Requests the lease of the lane. An expired lease, or one of the same owner, is replaced. */
  lease(delivery: Delivery, claim: Claim): Promise<Lease>;
  /** Stores the receipt and releases the lane, in one write. Idempotent. */
  settle(receipt: Receipt): Promise<void>;
  /** Releases the lane without a receipt, for the next attempt, and stores what is known of this one. */
  release(delivery: Delivery, owner: string, attempt?: Unsettled): Promise<void>;
}
