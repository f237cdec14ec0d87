import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { alarmOperators } from './pipeline-alarm.ts';
import type { PipelineContext } from './pipeline-context.ts';

/**
 * A dead-letter queue. It keeps messages for 14 days, the maximum of SQS, also if the stack is deleted. An alarm notifies the
 * operators of the first message.
 */
export class DeadLetterQueue extends Construct {
  readonly queue: IQueue;

  /** @param of the destination of its messages, in words: `the alert router` */
  constructor(scope: Construct, id: string, props: { context: PipelineContext; thing: string; of: string }) {
    super(scope, id);
    const { context, thing } = props;
    this.queue = keptQueue(this, context);
    alarmOperators(this, context, {
      thing,
      what: 'not-empty',
      description: `Messages for ${props.of} could not be delivered. They are kept in ${thing} for 14 days. Read the reason in a message, fix the cause, and redrive the messages as described in ${context.document.runbooks}/pipeline.md.`,
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
 * A dead-letter queue of an earlier version: see `formerDeadLetterQueuesOf`. It has the same position in the construct tree as
 * before, and therefore the same logical id.
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
    reason: 'It is itself a dead-letter queue, of a queue, a subscription, a rule or a function.',
  });
  return new Queue(scope, 'Queue', {
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: key,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
