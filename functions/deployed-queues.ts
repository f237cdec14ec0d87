import type { MonitoringDocument } from '../core/definition/document.ts';
import { tiers } from '../events/tier.ts';
import { channelKindsOf, functionsOf, type Used } from './deployed-functions.ts';

// The queues and subscriptions of a deployment. The stacks build them, the cost estimate counts them, and a test compares the two.

/** The name of the dead-letter queue of a queue, a subscription or the schedules. */
export const deadLetterQueueOf = (thing: string): string => `${thing}-dead-letters`;

/** The queues that a function consumes. */
export const consumedQueuesOf = (document: Used): string[] =>
  functionsOf(document).flatMap(({ trigger }) =>
    'queue' in trigger ? [trigger.queue] : 'channel' in trigger ? [trigger.channel] : [],
  );

/** Every subscription of a topic. */
export const subscriptionsOf = (document: Used & Pick<MonitoringDocument, 'operators'>): string[] => [
  ...tiers,
  'check-failures',
  ...document.operators.map((email) => `operator-${email}`),
  ...channelKindsOf(document).map((kind) => `${kind}-notifications`),
  'unrouted-notifications',
];

/**
 * The dead-letter queues: one for each consumer, from which messages can be redriven; one, `undelivered`, for all messages
 * that SNS and the bus could not deliver to a queue or by mail; one for scheduled invocations; one for notifications without
 * a notifier.
 */
export const deadLetterQueuesOf = (document: Used): string[] => [
  ...[...consumedQueuesOf(document), 'schedules'].map(deadLetterQueueOf),
  'undelivered',
  'unrouted',
];

/**
 * Dead-letter queues of earlier versions, each of one subscription or of the bus. They are no longer used. They are still
 * deployed, and from this version on retained, so that an upgrade does not delete the messages in them.
 */
export const formerDeadLetterQueuesOf = (document: Parameters<typeof subscriptionsOf>[0]): string[] =>
  [...subscriptionsOf(document), 'bus'].map(deadLetterQueueOf);
