import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { alarmOperators } from './pipeline-alarm.ts';
import type { PipelineContext } from './pipeline-context.ts';

/**
 * Where messages wait that could not be delivered. It keeps them for 14 days, the longest that SQS has, also when the stack is
 * destroyed, and notifies the operators from the first one on.
 */
export class DeadLetterQueue extends Construct {
  readonly queue: IQueue;

  /** @param of what its messages were meant for, in words: `the alert router` */
  constructor(scope: Construct, id: string, props: { context: PipelineContext; thing: string; of: string }) {
    super(scope, id);
    const { context, thing } = props;
    this.queue = keptQueue(this, context);
    alarmOperators(this, context, {
      thing,
      what: 'not-empty',
      description: `Messages for ${props.of} could not be delivered and wait in ${thing} for at most 14 days. Read one for its reason and fix the cause; how to send them on is in ${context.document.runbooks}/pipeline.md.`,
      namespace: 'AWS/SQS',
      metric: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: this.queue.queueName },
      statistic: 'Maximum',
      comparison: 'GreaterThanOrEqualToThreshold',
      threshold: 1,
      periodSeconds: 60,
      missingData: 'notBreaching',
    });
  }
}

/**
 * A dead-letter queue of an earlier version: see `formerDeadLetterQueuesOf`. It keeps the place in the tree, and so the
 * logical id, that it had.
 */
export class FormerDeadLetterQueue extends Construct {
  constructor(scope: Construct, id: string, context: Pick<PipelineContext, 'key'>) {
    super(scope, id);
    keptQueue(this, context);
  }
}

function keptQueue(scope: Construct, { key }: Pick<PipelineContext, 'key'>): Queue {
  Validations.of(scope).acknowledge({
    id: 'AwsSolutions::AwsSolutions-SQS3',
    reason: 'It is a dead-letter queue itself, also where a subscription, a rule or a function and no queue feeds it.',
  });
  return new Queue(scope, 'Queue', {
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: key,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
