/** How long a queue keeps trying, at the least: a channel that is down for hours loses nothing. */
export const patienceSeconds = 6 * 3600;

/** The waits of a consumer that backs off, in minutes; the last one repeats. */
const backoffMinutes = [1, 2, 4, 8, 15];

/**
 * How long a message that is being handled stays hidden, as AWS advises for a function of this timeout. At least a minute,
 * so that the receives of {@link receivesFor} stay below the 1,000 that SQS counts to.
 */
export const visibilityFor = (timeoutSeconds: number): number => Math.max(60, 6 * timeoutSeconds);

/**
 * How many receives it takes until a message was tried for {@link patienceSeconds}, whichever way it fails: a consumer
 * that backs off waits longer and longer, one that crashes comes back each time the visibility timeout ends.
 */
export function receivesFor(visibilitySeconds: number): number {
  const steps = backoffMinutes.reduce((sum, minutes) => sum + minutes * 60, 0);
  const last = backoffMinutes.at(-1)! * 60;
  const backingOff = backoffMinutes.length + Math.ceil((patienceSeconds - steps) / last);
  const crashing = Math.ceil(patienceSeconds / visibilitySeconds);
  // The first receive waits for nothing.
  return Math.max(backingOff, crashing) + 1;
}
