import { Names, Stack } from 'aws-cdk-lib';
import type { FilterOrPolicy, SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct, RootConstruct } from 'constructs';
import { type DeadLetterQueue, FormerDeadLetterQueue } from './dead-letter-queue.ts';
import { operatorsFilter } from './operators-filter.ts';
import type { PipelineContext } from './pipeline-context.ts';

/** The filter of a subscription: by attributes, or by fields of the body. @default all messages */
export interface Filter {
  readonly attributes?: Record<string, SubscriptionFilter>;
  readonly body?: Record<string, FilterOrPolicy>;
}

/**
 * A subscription of a queue or an operator. Messages that it cannot deliver go to the `undelivered` dead-letter queue.
 * Without it, SNS would drop them without an error.
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
    const subscription = new SqsSubscription(to.queue, {
      rawMessageDelivery: true,
      deadLetterQueue,
      ...(to.filter?.attributes && { filterPolicy: to.filter.attributes }),
      ...(to.filter?.body && { filterPolicyWithMessageBody: to.filter.body }),
    });
    topic.addSubscription({ bind: (of) => ({ ...subscription.bind(of), subscriberId: idOf(topic) }) });
  }
}

/**
 * The id of a subscription under its queue: the one that CDK generates if the stack is directly in an app. CDK uses the whole
 * path of the topic for it. In a CDK stage the id would be different, and moving a deployment there would replace each
 * subscription by a new one of the same queue, which CloudFormation deletes together with the old one.
 */
function idOf(topic: Topic): string {
  const stack = Stack.of(topic);
  const path = topic.node.scopes.slice(stack.node.scopes.length).map(({ node }) => node.id);
  const copy = [stack.stackName, ...path].reduce<Construct>(
    (scope, id) => new Construct(scope, id),
    new RootConstruct(),
  );
  return Names.nodeUniqueId(copy.node);
}
