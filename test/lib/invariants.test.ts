import { describe, expect, it } from 'vitest';
import { tables } from '../../core/deployment/tables.ts';
import { logQueries } from '../../lib/log-queries.ts';
import { list, ofType, type Resource, sayValue, synthesized } from './synthesized.ts';

const { resources, document } = await synthesized(undefined, 'prod');
const queues = ofType(resources, 'AWS::SQS::Queue');
const functions = ofType(resources, 'AWS::Lambda::Function');
const alarms = ofType(resources, 'AWS::CloudWatch::Alarm').map(([, alarm]) => alarm.Properties);
const mappings = ofType(resources, 'AWS::Lambda::EventSourceMapping').map(([, mapping]) => mapping.Properties);

/** The queues that some queue, subscription, rule or schedule names as its dead-letter queue, or that a subscription fills as a last resort. */
const deadLetterQueues = new Set(
  [
    ...queues.map(([, q]) => q.Properties.RedrivePolicy?.deadLetterTargetArn),
    ...ofType(resources, 'AWS::SNS::Subscription').map(([, s]) => s.Properties.RedrivePolicy?.deadLetterTargetArn),
    ...ofType(resources, 'AWS::Events::Rule').flatMap(([, r]) =>
      // biome-ignore lint/suspicious/noExplicitAny: targets of a rule are JSON
      r.Properties.Targets.map((target: any) => target.DeadLetterConfig?.Arn),
    ),
    ...ofType(resources, 'AWS::Scheduler::Schedule').map(([, s]) => s.Properties.Target.DeadLetterConfig?.Arn),
  ]
    .filter(Boolean)
    .map((arn) => sayValue(arn).replace(/\.Arn$/, '')),
);
/** Of earlier versions: nothing feeds them, and they are there for the messages that wait in them. */
const isFormer = (id: string) =>
  /deadletters/.test(id) && !deadLetterQueues.has(id) && resources[id]!['DeletionPolicy'] === 'Retain';
const unrouted = queues.map(([id]) => id).filter((id) => /^unroutedQueue/.test(id));
const isDeadLetters = (id: string) => deadLetterQueues.has(id) || unrouted.includes(id);

const alarmOn = (metric: string, dimension: string, value: string) =>
  alarms.find(
    (alarm) =>
      alarm.MetricName === metric &&
      alarm.Dimensions.some(
        (d: { Name: string; Value: unknown }) => d.Name === dimension && sayValue(d.Value).split('.')[0] === value,
      ),
  );
const toOperators = (alarm: Resource['Properties']) =>
  list(alarm?.AlarmActions).some((action) => /pipelinefailure/.test(sayValue(action)));

interface Invariant {
  every: string;
  type: string;
  holds: (resource: Resource['Properties'], id: string, whole: Resource) => unknown;
}

const invariants: Invariant[] = [
  { every: 'function runs on arm64', type: 'AWS::Lambda::Function', holds: (f) => f.Architectures[0] === 'arm64' },
  { every: 'function runs on Node 24', type: 'AWS::Lambda::Function', holds: (f) => f.Runtime === 'nodejs24.x' },
  {
    every: 'function writes JSON to a log group of its own',
    type: 'AWS::Lambda::Function',
    holds: (f) => f.LoggingConfig.LogFormat === 'JSON' && resources[f.LoggingConfig.LogGroup.Ref],
  },
  { every: 'function is not traced unless asked for', type: 'AWS::Lambda::Function', holds: (f) => !f.TracingConfig },
  {
    every: 'function tells the operators of its errors',
    type: 'AWS::Lambda::Function',
    holds: (_, id) => toOperators(alarmOn('Errors', 'FunctionName', id)),
  },
  {
    every: 'log group keeps at least 30 days',
    type: 'AWS::Logs::LogGroup',
    holds: (group) => group.RetentionInDays >= 30,
  },
  {
    every: 'queue has a dead-letter queue or is one',
    type: 'AWS::SQS::Queue',
    holds: (queue, id) => Boolean(queue.RedrivePolicy) !== (isDeadLetters(id) || isFormer(id)),
  },
  {
    every: 'dead-letter queue keeps 14 days',
    type: 'AWS::SQS::Queue',
    holds: (queue, id) => !isDeadLetters(id) || queue.MessageRetentionPeriod === 14 * 86_400,
  },
  {
    every: 'dead-letter queue outlives its stack, with the messages in it',
    type: 'AWS::SQS::Queue',
    holds: (queue, _, whole) =>
      queue.RedrivePolicy || (whole['DeletionPolicy'] === 'Retain' && whole['UpdateReplacePolicy'] === 'Retain'),
  },
  {
    every: 'dead-letter queue tells the operators when it is not empty',
    type: 'AWS::SQS::Queue',
    holds: (_, id) => !isDeadLetters(id) || toOperators(alarmOn('ApproximateNumberOfMessagesVisible', 'QueueName', id)),
  },
  {
    every: 'other queue tells the operators when a message grows old',
    type: 'AWS::SQS::Queue',
    holds: (_, id) =>
      isDeadLetters(id) || isFormer(id) || toOperators(alarmOn('ApproximateAgeOfOldestMessage', 'QueueName', id)),
  },
  {
    every: 'queue is encrypted with the key of the deployment',
    type: 'AWS::SQS::Queue',
    holds: (queue) => sayValue(queue.KmsMasterKeyId).startsWith('Key'),
  },
  {
    every: 'topic is encrypted with the key of the deployment',
    type: 'AWS::SNS::Topic',
    holds: (topic) => sayValue(topic.KmsMasterKeyId).startsWith('Key'),
  },
  {
    every: 'table is encrypted with the key of the deployment',
    type: 'AWS::DynamoDB::Table',
    holds: (table) => sayValue(table.SSESpecification.KMSMasterKeyId).startsWith('Key'),
  },
  {
    every: 'table outlives its stack and cannot be deleted by mistake',
    type: 'AWS::DynamoDB::Table',
    holds: (table, _, whole) =>
      whole['DeletionPolicy'] === 'Retain' &&
      whole['UpdateReplacePolicy'] === 'Retain' &&
      table.DeletionProtectionEnabled,
  },
  {
    every: 'table can be restored to a point in time',
    type: 'AWS::DynamoDB::Table',
    holds: (table) => table.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled,
  },
  {
    every: 'table is paid by the request and forgets what has expired',
    type: 'AWS::DynamoDB::Table',
    holds: (table) =>
      table.BillingMode === 'PAY_PER_REQUEST' && table.TimeToLiveSpecification.AttributeName === 'expiresAt',
  },
  {
    every: 'key outlives its stack and is renewed',
    type: 'AWS::KMS::Key',
    holds: (key, _, whole) => whole['DeletionPolicy'] === 'Retain' && key.EnableKeyRotation,
  },
  {
    every: 'subscription has a dead-letter queue',
    type: 'AWS::SNS::Subscription',
    holds: (subscription) => subscription.RedrivePolicy?.deadLetterTargetArn,
  },
  {
    every: 'subscription of a queue delivers the message as it was published',
    type: 'AWS::SNS::Subscription',
    holds: (subscription) => subscription.Protocol !== 'sqs' || subscription.RawMessageDelivery,
  },
  {
    every: 'schedule is late by a minute at most, tries once, and keeps what it could not start',
    type: 'AWS::Scheduler::Schedule',
    holds: ({ Target }) =>
      Target.RetryPolicy.MaximumRetryAttempts === 0 &&
      Target.RetryPolicy.MaximumEventAgeInSeconds === 60 &&
      Target.DeadLetterConfig,
  },
  {
    every: 'schedule has the time zone of the deployment',
    type: 'AWS::Scheduler::Schedule',
    holds: (schedule) => schedule.ScheduleExpressionTimezone === document.timeZone,
  },
  {
    every: 'schedule has an alarm that takes a missing heartbeat as a breach and tells the operators',
    type: 'AWS::Scheduler::Schedule',
    holds: (schedule) => {
      const alarm =
        alarmOn('CheckCompleted', 'Check', schedule.Name) ?? alarmOn('SweepCompleted', 'Check', schedule.Name);
      return alarm?.TreatMissingData === 'breaching' && toOperators(alarm);
    },
  },
  {
    every: 'function on a schedule is not tried again by Lambda either',
    type: 'AWS::Lambda::EventInvokeConfig',
    holds: (config) => config.MaximumRetryAttempts === 0 && config.MaximumEventAgeInSeconds === 60,
  },
  {
    every: 'event source answers message by message',
    type: 'AWS::Lambda::EventSourceMapping',
    holds: (mapping) => mapping.FunctionResponseTypes?.[0] === 'ReportBatchItemFailures',
  },
  {
    every: 'consumed queue hides a message for six timeouts of its function',
    type: 'AWS::Lambda::EventSourceMapping',
    holds: (mapping) => {
      const { VisibilityTimeout } = resources[mapping.EventSourceArn['Fn::GetAtt'][0]]!.Properties;
      return VisibilityTimeout >= 6 * resources[mapping.FunctionName.Ref]!.Properties.Timeout;
    },
  },
  {
    every: 'consumed queue gives up only after six hours, even when its consumer crashes each time',
    type: 'AWS::Lambda::EventSourceMapping',
    holds: (mapping) => {
      const { VisibilityTimeout, RedrivePolicy } = resources[mapping.EventSourceArn['Fn::GetAtt'][0]]!.Properties;
      return VisibilityTimeout * (RedrivePolicy.maxReceiveCount - 1) >= 6 * 3600;
    },
  },
  {
    every: 'alarm says what a missing datapoint means',
    type: 'AWS::CloudWatch::Alarm',
    holds: (alarm) => ['missing', 'ignore', 'breaching', 'notBreaching'].includes(alarm.TreatMissingData),
  },
  {
    every: 'alarm is one plain metric, and its name belongs to the deployment',
    type: 'AWS::CloudWatch::Alarm',
    holds: (alarm) => alarm.MetricName && !alarm.Metrics && alarm.AlarmName.startsWith('tocsin/prod/'),
  },
  {
    every: 'alarm tells of its end as well as of its start',
    type: 'AWS::CloudWatch::Alarm',
    holds: (alarm) => sayValue(alarm.OKActions[0]) === sayValue(alarm.AlarmActions[0]),
  },
  {
    every: 'alarm has a description',
    type: 'AWS::CloudWatch::Alarm',
    holds: (alarm) => alarm.AlarmDescription.length > 10,
  },
];

describe('what holds for every resource', () => {
  it.each(invariants)('every $every', ({ type, holds }) => {
    const found = ofType(resources, type);
    expect(found).not.toEqual([]);
    expect(found.filter(([id, resource]) => !holds(resource.Properties, id, resource)).map(([id]) => id)).toEqual([]);
  });

  it('has the indexes that the adapters query, each sparse on two attributes of its own', () => {
    const found = ofType(resources, 'AWS::DynamoDB::Table').map(([, table]) =>
      // biome-ignore lint/suspicious/noExplicitAny: indexes of a table are JSON
      table.Properties.GlobalSecondaryIndexes.map((index: any) => [
        index.IndexName,
        // biome-ignore lint/suspicious/noExplicitAny: keys of an index are JSON
        ...index.KeySchema.map((key: any) => key.AttributeName),
      ]),
    );
    expect(found).toEqual(Object.values(tables).map(({ indexes }) => indexes.map((i) => [i, `${i}Pk`, `${i}Sk`])));
  });

  it('runs at most two notifiers of a kind at a time, since Slack takes a message a second', () => {
    const notifiers = mappings.filter(({ FunctionName }) => /notifier/.test(FunctionName.Ref));
    expect(notifiers.map(({ ScalingConfig }) => ScalingConfig.MaximumConcurrency)).toEqual([2, 2]);
  });

  it('deploys exactly the functions that the document needs', () => {
    expect(functions.map(([, f]) => f.Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME).sort()).toEqual([
      'alert-router',
      'batch-check',
      'disk-check',
      'email-notifier',
      'health-check',
      'run-ingest',
      'slack-notifier',
      'sweep',
    ]);
  });

  it('has no alarm name twice', () => {
    const names = alarms.map(({ AlarmName }) => AlarmName);
    expect(new Set(names).size).toBe(names.length);
  });

  it('saves queries over the logs of every function, in a folder of the deployment', () => {
    const groups = functions.map(([, f]) => f.Properties.LoggingConfig.LogGroup.Ref).sort();
    const queries = ofType(resources, 'AWS::Logs::QueryDefinition').map(([, query]) => query.Properties);
    expect(queries.map(({ Name }) => Name)).toEqual(Object.keys(logQueries).map((name) => `tocsin/prod/${name}`));
    for (const { LogGroupNames } of queries) expect(LogGroupNames.map(sayValue).sort()).toEqual(groups);
  });
});
