/** How many invocations of one notifier run at a time: the fewest that Lambda polls a queue with. */
export const notifiersAtOnce = 2;

/**
 * Time between two posts of one invocation to one webhook, in milliseconds. A webhook takes about one message a second, and
 * as many invocations as {@link notifiersAtOnce} share it without knowing of each other.
 */
export const sharedSpacingMs = 1000 * notifiersAtOnce;
