import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Context } from 'aws-lambda';
import { CloudwatchAlarmStates } from '../../adapters/cloudwatch-alarm-states.ts';
import { CloudwatchMetricSink } from '../../adapters/cloudwatch-metric-sink.ts';
import { DynamodbExecutionHistory } from '../../adapters/dynamodb-execution-history.ts';
import { DynamodbGroups } from '../../adapters/dynamodb-groups.ts';
import { DynamodbIncidentArchive } from '../../adapters/dynamodb-incident-archive.ts';
import { bundledDocument } from '../../adapters/file-document.ts';
import { parseEnvironment } from '../../adapters/parse-environment.ts';
import { loggingFailures } from '../../adapters/powertools.ts';
import { SnsNotificationPublisher } from '../../adapters/sns-notification-publisher.ts';
import { SystemClock } from '../../adapters/system-clock.ts';
import { loggedArchive, loggedGroups, loggedPublisher, onTrail } from '../../adapters/trail.ts';
import { sweep } from '../../core/incidents/sweep.ts';
import { namespaceOf } from '../../core/metrics/metric.ts';
import { sweepTick } from '../../events/sweep-tick.ts';
import { terms } from './contract.ts';

const environment = parseEnvironment(terms.environment);
const document = await bundledDocument().read();
const clock = new SystemClock();
const dynamodb = new DynamoDBClient();
const cloudwatch = new CloudWatchClient();
const { retentionDays } = document;

const sweepOnce = sweep({
  document,
  groups: loggedGroups(new DynamodbGroups(dynamodb, environment.INCIDENTS_TABLE)),
  history: new DynamodbExecutionHistory(dynamodb, environment.HISTORY_TABLE, { clock, retentionDays }),
  archive: loggedArchive(new DynamodbIncidentArchive(dynamodb, environment.INCIDENTS_TABLE, { clock, retentionDays })),
  publisher: loggedPublisher(new SnsNotificationPublisher(new SNSClient(), environment.NOTIFICATIONS_TOPIC_ARN)),
  alarmStates: new CloudwatchAlarmStates(cloudwatch, document),
  metrics: new CloudwatchMetricSink(cloudwatch, namespaceOf(document)),
  clock,
});

export const handler = loggingFailures(
  async (event: unknown, context: Partial<Pick<Context, 'awsRequestId'>>): Promise<void> => {
    await onTrail(`sweep@${new Date(clock.now()).toISOString()}`, context, () => sweepOnce(sweepTick.parse(event)));
  },
);
