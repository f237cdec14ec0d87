import type { Notification } from '../../events/notification.ts';
import type { Receipt } from '../../events/receipt.ts';

/** One notification of an incident on its way to one channel. */
export interface Delivery {
  /** The group whose incident it is: with the channel, the lane. */
  group: string;
  incident: string;
  channel: string;
  sequence: number;
  kind: Notification['kind'];
}

/** What a channel shows of an alarm after a message: that something is open, or that it is over. */
export type Standing = 'open' | 'over';

/** Who asks for a lane, and for how long. */
export interface Claim {
  owner: string;
  /** Epoch milliseconds, as all times here. */
  now: number;
  until: number;
  /**
   * The process that owns the whole store, when there is one (the laptop): leases of owners that do not begin with it are
   * of processes that have ended, and void. @default undefined: every lease holds until it expires
   */
  soleProcess?: string | undefined;
}

/** The right to deliver, alone, until the lease expires. */
export interface Leased {
  lease: 'leased';
  attempts: number;
  /** People were notified of something newer of this group already, and not yet of this incident: what the channel shows. */
  late?: Standing | undefined;
  /** An earlier attempt may have arrived: it was interrupted, or its answer did not come. */
  mayRepeat: boolean;
  /** The recipients that have this notification already. */
  reached: readonly string[];
}

/**
 * What came of asking for the right to deliver:
 * `leased`: go ahead · `delivered`: it has its receipt already ·
 * `superseded`: a later notification was delivered first and people know of the incident, so it must not be sent ·
 * `busy`: another consumer is delivering for this group and channel until then.
 */
export type Lease =
  | Leased
  | { lease: 'delivered'; receipt?: Receipt | undefined }
  | { lease: 'superseded' }
  | { lease: 'busy'; until: number };

/** What an attempt without a receipt came to. */
export interface Unsettled {
  /** It was sent, and whether it arrived is not known. @default false */
  mayHaveArrived?: boolean | undefined;
  /** The recipients that it reached. @default none */
  reached?: readonly string[] | undefined;
}

/**
 * Who delivers what. The lease is on the lane of a group and a channel, not on the single notification: so two
 * notifications of one alarm can never overtake each other while one is being sent.
 */
export interface Deliveries {
  /** Asks for the lane. An expired lease, or one of the same owner, does not stand in the way. */
  lease(delivery: Delivery, claim: Claim): Promise<Lease>;
  /** Keeps the receipt and frees the lane, in one write. Settling again changes nothing. */
  settle(receipt: Receipt): Promise<void>;
  /** Frees the lane without a receipt, for the next attempt, and keeps what is known of this one. */
  release(delivery: Delivery, owner: string, attempt?: Unsettled): Promise<void>;
}
