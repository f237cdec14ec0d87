/**
 * Channels that are left alone for a while: their provider asked for it, or did not answer. A pause is of the channel, not
 * of one message: while it lasts, no message is attempted.
 */
export interface ChannelPauses {
  /** When the pause of a channel ends, in epoch milliseconds; undefined, or in the past, when there is none. */
  pausedUntil(channel: string): Promise<number | undefined>;
  /** Pauses a channel until then. A longer pause stays. */
  pause(channel: string, until: number): Promise<void>;
}
