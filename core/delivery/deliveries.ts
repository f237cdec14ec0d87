import type { Receipt } from '../../events/receipt.ts';

/** One notification of an incident on its way to one channel. */
export interface Delivery {
  incident: string;
  channel: string;
  sequence: number;
}

/**
 * What came of asking for the right to deliver:
 * `leased`: go ahead, alone, until the lease expires · `delivered`: it has its receipt already ·
 * `superseded`: a later notification of the incident was delivered first, so this one must not be sent ·
 * `busy`: another consumer is delivering for this incident and channel until then.
 */
export type Lease =
  | { lease: 'leased'; attempts: number }
  | { lease: 'delivered' }
  | { lease: 'superseded' }
  | { lease: 'busy'; until: number };

/**
 * Who delivers what. The lease is on the lane of an incident and a channel, not on the single notification: so two
 * notifications of one incident can never overtake each other while one is being sent.
 */
export interface Deliveries {
  /** Asks for the lane. An expired lease, or one of the same owner, does not stand in the way. */
  lease(delivery: Delivery, claim: { owner: string; now: number; until: number }): Promise<Lease>;
  /** Keeps the receipt and frees the lane, in one write. Settling again changes nothing. */
  settle(receipt: Receipt): Promise<void>;
  /** Frees the lane without a receipt, for the next attempt. */
  release(delivery: Delivery, owner: string): Promise<void>;
}
