/** Minutes to wait after the first, second … failed attempt; the last one holds for all that follow. */
const waitMinutes = [1, 2, 4, 8, 15] as const;

/**
 * How often a delivery is attempted before it is parked. Thirty attempts wait for six and a half hours in all: a channel
 * that is down for an evening loses nothing. A queue's own limit of receives must be higher, so that the consumer parks
 * the message itself, with its reason.
 */
export const maxAttempts = 30;

/** Seconds to wait after this many receives of a message: 1, 2, 4, 8, then 15 minutes. */
export const backoffSeconds = (receives: number): number =>
  waitMinutes[Math.min(Math.max(receives, 1), waitMinutes.length) - 1]! * 60;

/** The longest wait that a provider may ask for; a queue can hide a message for twelve hours at most. */
export const longestWaitSeconds = 6 * 3600;
