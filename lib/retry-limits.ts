import { maxAttempts } from '../core/delivery/backoff.ts';

/** The minimum time for which a queue retries, in seconds: a channel that is down for hours loses no messages. */
const leastSeconds = 6 * 3600;

/**
 * The visibility timeout that AWS recommends for a function with this timeout, in seconds. At least a minute, so that the
 * result of {@link receivesFor} is below the SQS maximum of 1,000.
 */
export const visibilityFor = (timeoutSeconds: number): number => Math.max(60, 6 * timeoutSeconds);

/**
 * The maximum receive count of a queue. It is higher than the attempts of the consumer, which take six hours, so that the
 * consumer moves a message to the dead-letter queue itself, with the reason. It is also enough for six hours of crashes,
 * after which a message is received again at the end of each visibility timeout.
 */
export function receivesFor(visibilitySeconds: number): number {
  // The first receive has no wait.
  const crashing = Math.ceil(leastSeconds / visibilitySeconds) + 1;
  return Math.max(maxAttempts + 10, crashing);
}
