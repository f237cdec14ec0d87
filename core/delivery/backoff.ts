/** Seconds to wait after the first, second … failed attempt. The last value is used for all further attempts. */
const waitSeconds = [10, 30, 60, 120, 240, 480, 900] as const;

/**
 * The number of delivery attempts before a message is moved to the dead-letter queue. Thirty attempts take about six hours in
 * total: a channel that is down for a few hours loses no message. The queue's maximum receive count must be higher, so that
 * the consumer moves the message itself, with the reason.
 */
export const maxAttempts = 30;

/** Seconds to wait after this many receives of a message: 10, 30, 60, then doubling up to 15 minutes. */
export const backoffSeconds = (receives: number): number =>
  waitSeconds[Math.min(Math.max(receives, 1), waitSeconds.length) - 1]!;

/** The longest wait that a provider may request, in seconds. A queue can hide a message for at most twelve hours. */
export const longestWaitSeconds = 6 * 3600;

/** How long a channel is paused after a failure, in seconds, if the provider did not request a wait. */
export const pauseSeconds = 10;

/** The longest time that one response can pause a channel, in seconds: a faulty proxy must not pause it for hours. */
export const longestPauseSeconds = 900;
