import { tiers } from '../../events/tier.ts';

/** Every topic of the pipeline. `pipeline-failure` goes to the operators, `notifications` to the channels' queues. */
export const topicThings = [...tiers, 'pipeline-failure', 'notifications'] as const;

/** One of {@link topicThings}: the last part of the topic's name. */
export type TopicThing = (typeof topicThings)[number];
