import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetterQueueOf } from '../functions/deployed-queues.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { alarmOperators } from './pipeline-alarm.ts';
import type { PipelineContext } from './pipeline-context.ts';
import { receivesFor, visibilityFor } from './retry-limits.ts';

/**
 * A queue with one function as its consumer. Its visibility timeout is six function timeouts. It retries for at least six
 * hours, then moves a message to its dead-letter queue. An alarm notifies the operators of old messages in the queue.
 */
export class ConsumedQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: DeadLetterQueue;

  constructor(
    scope: Construct,
    id: string,
    props: { context: PipelineContext; thing: string; consumer: string; timeoutSeconds: number },
  ) {
    super(scope, id);
    const { context, thing } = props;
    this.deadLetters = new DeadLetterQueue(this, 'dead-letters', {
      context,
      thing: deadLetterQueueOf(thing),
      of: props.consumer,
    });
    const visibilitySeconds = visibilityFor(props.timeoutSeconds);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: context.key,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(visibilitySeconds),
      // Longer than the retries, so that no message expires before it is moved to the dead-letter queue.
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters.queue, maxReceiveCount: receivesFor(visibilitySeconds) },
    });
    alarmOperators(this, context, {
      thing,
      what: 'too-old',
      description: `A message has been in the queue ${thing} for over 15 minutes. The function ${props.consumer} fails, is throttled, or waits for a provider that is down. Check its log. No messages are lost within six hours.`,
      namespace: 'AWS/SQS',
      metric: 'ApproximateAgeOfOldestMessage',
      dimensions: { QueueName: this.queue.queueName },
      statistic: 'Maximum',
      comparison: 'GreaterThanOrEqualToThreshold',
      threshold: 900,
      periodSeconds: 60,
      missingData: 'notBreaching',
    });
  }
}
