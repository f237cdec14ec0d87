// The time of one invocation of a check, in seconds. The contracts, the laptop and the config's validation read it here.

/** How long an invocation may take, on AWS and on the laptop: under the minute of the finest schedule. */
export const invocationSeconds = 55;

/** What Lambda needs for itself at the end. */
export const farewellSeconds = 1;

/** Kept back at the end for recording what could not be finished. */
export const reserveSeconds = 5;

/** What is left for looking. */
export const lookingSeconds = invocationSeconds - farewellSeconds - reserveSeconds;

/** How many looks begin together. */
export const startedTogether = 20;

/** How long a look keeps others from beginning. One that takes longer only waits, and that costs nothing. */
export const patienceSeconds = 0.5;

/** By when the last of so many looks has begun, however slow they all are. */
export const lastStartSeconds = (targets: number): number =>
  Math.max(0, Math.ceil(targets / startedTogether) - 1) * patienceSeconds;
