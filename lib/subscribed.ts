import type { FilterOrPolicy, SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { Ground } from './ground.ts';
import { operatorsFilter } from './operators-filter.ts';

/** Which messages of a topic pass: by attributes, or by fields of the body. @default all */
export interface Filter {
  readonly attributes?: Record<string, SubscriptionFilter>;
  readonly body?: Record<string, FilterOrPolicy>;
}

/**
 * A subscription of a queue or an operator, with a dead-letter queue of its own: without one SNS drops in silence what it
 * cannot deliver.
 */
export class Subscribed extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { ground: Ground; topic: Topic; thing: string; to: { queue: IQueue; filter?: Filter } | { email: string } },
  ) {
    super(scope, id);
    const { ground, topic, thing, to } = props;
    const { queue: deadLetterQueue } = new DeadLetterQueue(this, 'dead-letters', {
      ground,
      thing: `${thing}-dead-letters`,
      of: 'email' in to ? 'an operator' : `the subscription ${thing}`,
    });
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
