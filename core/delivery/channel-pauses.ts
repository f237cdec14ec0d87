/**
 * Channels that are paused, because their provider requested it or did not respond. A pause applies to the channel, not to
 * one message: during the pause no delivery is attempted.
 */
export interface ChannelPauses {
  /** When the pause of a channel ends, in epoch milliseconds; undefined, or in the past, when there is none. */
  pausedUntil(channel: string): Promise<number | undefined>;
  /** Pauses a channel until this time. A longer pause is not shortened. */
  pause(channel: string, until: number): Promise<void>;
}
