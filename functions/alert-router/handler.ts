import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamodbExecutionHistory } from '../../adapters/dynamodb-execution-history.ts';
import { DynamodbGroups } from '../../adapters/dynamodb-groups.ts';
import { DynamodbIncidentArchive } from '../../adapters/dynamodb-incident-archive.ts';
import { bundledDocument } from '../../adapters/file-document.ts';
import { parseEnvironment } from '../../adapters/parse-environment.ts';
import { SnsNotificationPublisher } from '../../adapters/sns-notification-publisher.ts';
import { sqsConsumer } from '../../adapters/sqs-consumer.ts';
import { SystemClock } from '../../adapters/system-clock.ts';
import { loggedArchive, loggedGroups, loggedPublisher } from '../../adapters/trail.ts';
import { route } from '../../core/incidents/route.ts';
import { terms } from './contract.ts';

const environment = parseEnvironment(terms.environment);
const document = await bundledDocument().read();
const clock = new SystemClock();
const dynamodb = new DynamoDBClient();
const { retentionDays } = document;

export const handler = sqsConsumer(
  new SQSClient(),
  { queueUrl: environment.QUEUE_URL, deadLetterQueueUrl: environment.DEAD_LETTER_QUEUE_URL },
  route({
    document,
    groups: loggedGroups(new DynamodbGroups(dynamodb, environment.INCIDENTS_TABLE)),
    history: new DynamodbExecutionHistory(dynamodb, environment.HISTORY_TABLE, { clock, retentionDays }),
    archive: loggedArchive(
      new DynamodbIncidentArchive(dynamodb, environment.INCIDENTS_TABLE, { clock, retentionDays }),
    ),
    publisher: loggedPublisher(new SnsNotificationPublisher(new SNSClient(), environment.NOTIFICATIONS_TOPIC_ARN)),
    clock,
  }),
);
