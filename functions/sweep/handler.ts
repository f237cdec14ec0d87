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
import { SnsOperatorSubscriptions } from '../../adapters/sns-operator-subscriptions.ts';
import { SystemClock } from '../../adapters/system-clock.ts';
import { log, loggedArchive, loggedGroups, loggedPublisher, onTrail } from '../../adapters/trail.ts';
import { compares, sweep } from '../../core/incidents/sweep.ts';
import { namespaceOf } from '../../core/metrics/metric.ts';
import { reportUnconfirmed } from '../../core/operators/unconfirmed.ts';
import { sweepTick } from '../../events/sweep-tick.ts';
import { terms } from './contract.ts';

const environment = parseEnvironment(terms.environment);
const document = await bundledDocument().read();
const clock = new SystemClock();
const dynamodb = new DynamoDBClient();
const cloudwatch = new CloudWatchClient();
const sns = new SNSClient();
const metrics = new CloudwatchMetricSink(cloudwatch, namespaceOf(document));
const { retentionDays } = document;

const sweepOnce = sweep({
  document,
  groups: loggedGroups(new DynamodbGroups(dynamodb, environment.INCIDENTS_TABLE)),
  history: new DynamodbExecutionHistory(dynamodb, environment.HISTORY_TABLE, { clock, retentionDays }),
  archive: loggedArchive(new DynamodbIncidentArchive(dynamodb, environment.INCIDENTS_TABLE, { clock, retentionDays })),
  publisher: loggedPublisher(new SnsNotificationPublisher(sns, environment.NOTIFICATIONS_TOPIC_ARN)),
  alarmStates: new CloudwatchAlarmStates(cloudwatch, document),
  metrics,
  clock,
});
const unconfirmedOperators = reportUnconfirmed({
  document,
  subscriptions: new SnsOperatorSubscriptions(sns, environment.FAILURES_TOPIC_ARN),
  metrics,
  clock,
});

export const handler = loggingFailures(
  async (event: unknown, context: Partial<Pick<Context, 'awsRequestId'>>): Promise<void> => {
    const tick = sweepTick.parse(event ?? {});
    const lookAtOperators = compares(tick, clock.now());
    await onTrail(`sweep@${new Date(clock.now()).toISOString()}`, context, async () => {
      await sweepOnce(tick);
      // Last, so that it does not delay anything else.
      const operators = lookAtOperators ? await unconfirmedOperators() : [];
      if (operators.length > 0)
        log('warn', 'operators without a confirmed subscription are not notified', {
          what: 'unconfirmed',
          operators,
        });
    });
  },
);
