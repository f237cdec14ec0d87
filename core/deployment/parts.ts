import { tiers } from '../../events/tier.ts';
import { schedulesOf } from '../checks/schedules.ts';
import type { MonitoringDocument } from '../definition/document.ts';

// What a deployment consists of, by name. The stacks build it, the bill counts it, and a test holds one to the other.

type Used = Pick<MonitoringDocument, 'targets' | 'channels'>;

/** The kinds of checks that a document uses. */
export const checksOf = (document: Used): string[] => [
  ...new Set(document.targets.flatMap((target) => target.checks.map(({ check }) => check))),
];

/** The kinds of channels that a document uses. */
export const channelKindsOf = (document: Used): string[] => [
  ...new Set(Object.values(document.channels).map(({ channel }) => channel)),
];

/** The folder of a check's function, and of a notifier's. Equal names tie them to `core/`, so that no list is kept here. */
export const checkFunction = (check: string): string => `${check}-check`;
export const notifierFunction = (kind: string): string => `${kind}-notifier`;

/** The functions that a document needs: the pipeline's own, and those of the checks and channels that it uses. */
export const functionsOf = (document: Used): string[] => [
  'alert-router',
  'run-ingest',
  'sweep',
  ...checksOf(document).map(checkFunction),
  ...channelKindsOf(document).map(notifierFunction),
];

/** The queues that a function consumes. */
export const consumedQueuesOf = (document: Used): string[] => ['signals', 'ingest', ...channelKindsOf(document)];

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
 * reasons; one for ticks; one for notifications that nobody serves.
 */
export const deadLetterQueuesOf = (document: Used): string[] => [
  ...[...consumedQueuesOf(document), 'schedules'].map((thing) => `${thing}-dead-letters`),
  'undelivered',
  'unrouted',
];

/**
 * Dead-letter queues of earlier versions, each of one subscription or of the bus. Nothing feeds them any more. They are
 * still deployed, and from this version on retained, so that an upgrade deletes no message that waits in them.
 */
export const formerDeadLetterQueuesOf = (document: Parameters<typeof subscriptionsOf>[0]): string[] =>
  [...subscriptionsOf(document), 'bus'].map((thing) => `${thing}-dead-letters`);

/** How soon the alarms on heartbeats and on old messages notice that a function does not run, in seconds. */
const noticedWithin = 900;

/**
 * The functions that need an alarm on throttles of their own. For the others another alarm notices at most 15 minutes
 * later that they do not run: the age of the oldest message in their queue, or two missed heartbeats. A check whose
 * interval is longer would go unnoticed for longer.
 */
export const throttleAlarmsOf = (document: Used): string[] => [
  ...new Set(
    schedulesOf(document)
      .filter(({ everySeconds }) => 2 * everySeconds > noticedWithin)
      .map(({ check }) => checkFunction(check)),
  ),
];

/** Every topic of the pipeline. `pipeline-failure` goes to the operators, `notifications` to the channels' queues. */
export const topicThings = [...tiers, 'pipeline-failure', 'notifications'] as const;
