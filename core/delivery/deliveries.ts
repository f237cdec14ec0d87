import type { Receipt } from '../../events/receipt.ts';

/** One notification of an incident on its way to one channel. */
export interface Delivery {
  /** The group whose incident it is: with the channel, the lane. */
  group: string;
  incident: string;
  channel: string;
  sequence: number;
}

/**
 * What came of asking for the right to deliver:
 * `leased`: go ahead, alone, until the lease expires; `late` when people were told something newer of the group already,
 * but nothing yet of this incident · `delivered`: it has its receipt already ·
 * `superseded`: a later notification was delivered first and people know of the incident, so it must not be sent ·
 * `busy`: another consumer is delivering for this group and channel until then.
 */
export type Lease =
  | { lease: 'leased'; attempts: number; late: boolean }
  | { lease: 'delivered'; receipt?: Receipt | undefined }
  | { lease: 'superseded' }
  | { lease: 'busy'; until: number };

/**
 * Who delivers what. The lease is on the lane of a group and a channel, not on the single notification: so two
 * notifications of one alarm can never overtake each other while one is being sent.
 */
export interface Deliveries {
  /** Asks for the lane. An expired lease, or one of the same owner, does not stand in the way. */
  lease(delivery: Delivery, claim: { owner: string; now: number; until: number }): Promise<Lease>;
  /** Keeps the receipt and frees the lane, in one write. Settling again changes nothing. */
  settle(receipt: Receipt): Promise<void>;
  /** Frees the lane without a receipt, for the next attempt. */
  release(delivery: Delivery, owner: string): Promise<void>;
}
