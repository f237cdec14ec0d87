/** Seconds to wait after the first, second … failed attempt; the last one holds for all that follow. */
const waitSeconds = [10, 30, 60, 120, 240, 480, 900] as const;

/**
 * How often a delivery is attempted before it is parked. Thirty attempts wait for six hours in all: a channel that is down
 * for an evening loses nothing. A queue's own limit of receives must be higher, so that the consumer parks the message
 * itself, with its reason.
 */
export const maxAttempts = 30;

/** Seconds to wait after this many receives of a message: 10, 30, 60, then doubling up to 15 minutes. */
export const backoffSeconds = (receives: number): number =>
  waitSeconds[Math.min(Math.max(receives, 1), waitSeconds.length) - 1]!;

/** The longest wait that a provider may ask for; a queue can hide a message for twelve hours at most. */
export const longestWaitSeconds = 6 * 3600;

/** How long a channel is left alone after a failure, in seconds, when the provider did not say. Shorter than any outage. */
export const pauseSeconds = 10;

/** The longest that one answer may close a whole channel, in seconds: a faulty proxy must not silence it for hours. */
export const longestPauseSeconds = 900;
