import type { FilterOrPolicy, SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type DeadLetterQueue, FormerDeadLetterQueue } from './dead-letter-queue.ts';
import { operatorsFilter } from './operators-filter.ts';
import type { PipelineContext } from './pipeline-context.ts';

/** Which messages of a topic pass: by attributes, or by fields of the body. @default all */
export interface Filter {
  readonly attributes?: Record<string, SubscriptionFilter>;
  readonly body?: Record<string, FilterOrPolicy>;
}

/**
 * A subscription of a queue or an operator. What it cannot deliver goes to the one queue of undelivered messages: without
 * one SNS drops it in silence.
 */
export class Subscription extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: {
      context: PipelineContext;
      topic: Topic;
      undelivered: DeadLetterQueue;
      to: { queue: IQueue; filter?: Filter } | { email: string };
    },
  ) {
    super(scope, id);
    const { context, topic, to } = props;
    const deadLetterQueue = props.undelivered.queue;
    new FormerDeadLetterQueue(this, 'dead-letters', context);
    if ('email' in to) {
      topic.addSubscription(
        new EmailSubscription(to.email, { deadLetterQueue, filterPolicyWithMessageBody: operatorsFilter }),
      );
      return;
    }
    topic.addSubscription(
      new SqsSubscription(to.queue, {
        rawMessageDelivery: true,
        deadLetterQueue,
        ...(to.filter?.attributes && { filterPolicy: to.filter.attributes }),
        ...(to.filter?.body && { filterPolicyWithMessageBody: to.filter.body }),
      }),
    );
  }
}
