// The time budget of one invocation of a check, in seconds. The function contracts, the laptop and the validation use it.

/** The timeout of an invocation, on AWS and on a laptop: less than the one minute of the shortest schedule. */
export const invocationSeconds = 55;

/** Reserved for Lambda at the end of an invocation. */
export const shutdownSeconds = 1;

/** Reserved at the end for recording the checks that did not finish. */
export const reserveSeconds = 5;

/** The time that remains for observing targets. */
export const observingSeconds = invocationSeconds - shutdownSeconds - reserveSeconds;

/** The maximum number of observations that start at the same time. */
export const maxStarting = 20;

/** How long an observation occupies its start slot. After that it only waits for its target, and the next one can start. */
export const startSlotSeconds = 0.5;

/** The latest start of the last observation, however slow all the targets are. */
export const lastStartSeconds = (targets: number): number =>
  Math.max(0, Math.ceil(targets / maxStarting) - 1) * startSlotSeconds;
