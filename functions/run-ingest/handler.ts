import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { CloudwatchMetricSink } from '../../adapters/cloudwatch-metric-sink.ts';
import { DynamodbExecutionHistory } from '../../adapters/dynamodb-execution-history.ts';
import { bundledDocument } from '../../adapters/file-document.ts';
import { parseEnvironment } from '../../adapters/parse-environment.ts';
import { sqsConsumer } from '../../adapters/sqs-consumer.ts';
import { SqsOutbound } from '../../adapters/sqs-outbound.ts';
import { SystemClock } from '../../adapters/system-clock.ts';
import { namespaceOf } from '../../core/metrics/metric.ts';
import { terms } from './contract.ts';
import { ingest } from './ingest.ts';

const environment = parseEnvironment(terms.environment);
const document = await bundledDocument().read();
const clock = new SystemClock();
const sqs = new SQSClient();
const { retentionDays } = document;

export const handler = sqsConsumer(
  sqs,
  { queueUrl: environment.QUEUE_URL, deadLetterQueueUrl: environment.DEAD_LETTER_QUEUE_URL },
  ingest({
    document,
    ledger: new DynamodbExecutionHistory(new DynamoDBClient(), environment.HISTORY_TABLE, { clock, retentionDays }),
    metrics: new CloudwatchMetricSink(new CloudWatchClient(), namespaceOf(document)),
    signals: new SqsOutbound(sqs, environment.SIGNALS_QUEUE_URL),
    clock,
  }),
);
