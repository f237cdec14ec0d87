import type { MonitoringDocument } from '../core/definition/document.ts';
import { tiers } from '../events/tier.ts';
import { channelKindsOf, functionsOf, type Used } from './deployed-functions.ts';

// Which queues and subscriptions a deployment has. The stacks build them, the bill counts them, and a test compares the two.

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
 * Where messages wait that could not be delivered: one queue for each consumer, whose messages go back to it; one,
 * `undelivered`, for everything that SNS and the bus could not write to a queue or mail, which all fails for the same
 * reasons; one for scheduled invocations; one for notifications that nobody serves.
 */
export const deadLetterQueuesOf = (document: Used): string[] => [
  ...[...consumedQueuesOf(document), 'schedules'].map(deadLetterQueueOf),
  'undelivered',
  'unrouted',
];

/**
 * Dead-letter queues of earlier versions, each of one subscription or of the bus. Nothing feeds them any more. They are
 * still deployed, and from this version on retained, so that an upgrade deletes no message that waits in them.
 */
export const formerDeadLetterQueuesOf = (document: Parameters<typeof subscriptionsOf>[0]): string[] =>
  [...subscriptionsOf(document), 'bus'].map(deadLetterQueueOf);
