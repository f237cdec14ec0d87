import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { awsSecrets } from '../adapters/aws-secrets.ts';
import { DynamodbChannelPauses } from '../adapters/dynamodb-channel-pauses.ts';
import { DynamodbDeliveries } from '../adapters/dynamodb-deliveries.ts';
import { DynamodbIncidentArchive } from '../adapters/dynamodb-incident-archive.ts';
import { bundledDocument } from '../adapters/file-document.ts';
import { sqsConsumer } from '../adapters/sqs-consumer.ts';
import { SystemClock } from '../adapters/system-clock.ts';
import { loggedArchive, loggedSend } from '../adapters/trail.ts';
import type { ChannelSettings } from '../core/channels/kind-of.ts';
import type { Secrets } from '../core/definition/secret.ts';
import { deliver } from '../core/delivery/deliver.ts';
import type { Send } from '../core/delivery/send.ts';
import type { Clock } from '../core/time/clock.ts';

/** What every notifier provides to create its sender. */
export interface NotifierGround {
  secrets: Secrets;
  clock: Clock;
}

/**
 * The handler of a notifier function: delivers the notifications of one channel kind from its queue.
 * @param sending creates the sender of the notifier
 */
export async function lambdaNotifier<Settings extends ChannelSettings>(
  environment: { INCIDENTS_TABLE: string; QUEUE_URL: string; DEAD_LETTER_QUEUE_URL: string },
  terms: { channelKind: string; timeoutSeconds: number },
  sending: (ground: NotifierGround) => Send<Settings>,
): Promise<ReturnType<typeof sqsConsumer>> {
  const clock = new SystemClock();
  const document = await bundledDocument().read();
  const dynamodb = new DynamoDBClient();
  const retention = { clock, retentionDays: document.retentionDays };
  const secrets = awsSecrets(clock);
  const consumer = deliver({
    document,
    channelKind: terms.channelKind,
    deliveries: new DynamodbDeliveries(dynamodb, environment.INCIDENTS_TABLE, retention),
    pauses: new DynamodbChannelPauses(dynamodb, environment.INCIDENTS_TABLE),
    archive: loggedArchive(new DynamodbIncidentArchive(dynamodb, environment.INCIDENTS_TABLE, retention)),
    send: loggedSend(sending({ secrets, clock })),
    clock,
    owner: randomUUID(),
    // The lease of a message ends with its invocation. This is for messages without that time.
    leaseSeconds: 2 * terms.timeoutSeconds,
  });
  return sqsConsumer(
    new SQSClient(),
    { queueUrl: environment.QUEUE_URL, deadLetterQueueUrl: environment.DEAD_LETTER_QUEUE_URL },
    consumer,
  );
}
