import { maxAttempts } from '../core/delivery/backoff.ts';

/** How long a queue keeps trying, at the least: a channel that is down for hours loses nothing. */
const leastSeconds = 6 * 3600;

/**
 * How long a message that is being handled stays hidden, as AWS advises for a function of this timeout. At least a minute,
 * so that the receives of {@link receivesFor} stay below the 1,000 that SQS counts to.
 */
export const visibilityFor = (timeoutSeconds: number): number => Math.max(60, 6 * timeoutSeconds);

/**
 * How many receives a queue allows. More than its consumer's own attempts, which already last six hours, so that the
 * consumer parks a message itself, with its reason; and enough for six hours of crashes, which come back each time the
 * visibility timeout ends.
 */
export function receivesFor(visibilitySeconds: number): number {
  // The first receive waits for nothing.
  const crashing = Math.ceil(leastSeconds / visibilitySeconds) + 1;
  return Math.max(maxAttempts + 10, crashing);
}
