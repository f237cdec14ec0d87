import { tiers } from '../../events/tier.ts';

/** Every topic of the pipeline. `pipeline-failure` goes to the operators, `notifications` to the channels' queues. */
export const topicNames = [...tiers, 'pipeline-failure', 'notifications'] as const;

/** One of {@link topicNames}: the last part of the topic's name. */
export type TopicName = (typeof topicNames)[number];
