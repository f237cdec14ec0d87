import { tiers } from '../../events/tier.ts';
import type { MonitoringDocument } from '../config/document.ts';

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

/** Every subscription of a topic. Each has a dead-letter queue of its own. */
export const subscriptionsOf = (document: Used & Pick<MonitoringDocument, 'operators'>): string[] => [
  ...tiers,
  'check-failures',
  ...document.operators.map((email) => `operator-${email}`),
  ...channelKindsOf(document).map((kind) => `${kind}-notifications`),
  'unrouted-notifications',
];

/** Where messages wait that could not be delivered. */
export const deadLetterQueuesOf = (document: Parameters<typeof subscriptionsOf>[0]): string[] => [
  ...[...consumedQueuesOf(document), ...subscriptionsOf(document), 'bus', 'schedules'].map(
    (thing) => `${thing}-dead-letters`,
  ),
  'unrouted',
];

/** Every topic of the pipeline. `pipeline-failure` goes to the operators, `notifications` to the channels' queues. */
export const topicThings = [...tiers, 'pipeline-failure', 'notifications'] as const;
