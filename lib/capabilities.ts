import { Aws } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Capability, capabilities } from '../core/deployment/contract.ts';
import { channelsOfKind, mailAddresses, observedWith, secretsOf } from '../core/deployment/references.ts';
import { tables } from '../core/deployment/tables.ts';
import { namespaceOf } from '../core/metrics/metric.ts';
import type { ConsumedQueue } from './consumed-queue.ts';
import { localArn } from './names.ts';
import { networkActions } from './network.ts';
import type { PipelineContext } from './pipeline-context.ts';

/** All resources that a function can use. */
export interface Edges {
  readonly context: PipelineContext;
  readonly history: ITable;
  readonly incidents: ITable;
  /** The router's queue. */
  readonly signals: IQueue;
  readonly notifications: ITopic;
  /** The queue that this function consumes, if it does. */
  readonly consumes?: ConsumedQueue | undefined;
  /** The channel kind that this function delivers to, if any. Only this function may use its secrets and addresses. */
  readonly channelKind?: string | undefined;
  /** The check that this function runs, if any. It may read only the secrets of this check. */
  readonly check?: string | undefined;
}

/** What a capability provides: all variables of its contract, and the permissions of the role. */
interface Provision<C extends Capability> {
  readonly environment: Record<keyof (typeof capabilities)[C], string>;
  readonly statements: PolicyStatement[];
  /** The reasons for wildcard resources: each resource in the format of cdk-nag, and the reason. */
  readonly wildcards?: readonly { readonly resource: string; readonly reason: string }[];
}

/** How each capability is provided. A missing capability or variable does not compile. */
const provisions: { readonly [C in Capability]: (edges: Edges) => Provision<C> } = {
  history: ({ context, history }) => ({
    environment: { HISTORY_TABLE: history.tableName },
    statements: tableStatements('History', context, history, tables.history.indexes),
  }),
  'past-runs': ({ context, history }) => ({
    environment: { HISTORY_TABLE: history.tableName },
    statements: [
      allow('PastRuns', ['dynamodb:Query'], [history.tableArn]),
      keyReadStatement('PastRuns', context, 'dynamodb'),
    ],
  }),
  incidents: ({ context, incidents }) => ({
    environment: { INCIDENTS_TABLE: incidents.tableName },
    statements: tableStatements('Incidents', context, incidents, tables.incidents.indexes),
  }),
  metrics: ({ context }) => ({
    environment: {},
    statements: [
      allow('Metrics', ['cloudwatch:PutMetricData'], ['*'], {
        StringEquals: { 'cloudwatch:namespace': namespaceOf(context.document) },
      }),
    ],
    wildcards: [{ resource: '*', reason: 'PutMetricData has no resources; a condition limits it to one namespace.' }],
  }),
  'agent-metrics': () => ({
    environment: {},
    statements: [allow('AgentMetrics', ['cloudwatch:ListMetrics', 'cloudwatch:GetMetricData'], ['*'])],
    wildcards: [{ resource: '*', reason: 'ListMetrics and GetMetricData have no resources; both only read.' }],
  }),
  'alarm-states': () => ({
    environment: {},
    statements: [
      allow('AlarmStates', ['cloudwatch:DescribeAlarms'], [localArn('cloudwatch', 'alarm:*')]),
      allow('AlarmValues', ['cloudwatch:GetMetricData'], ['*']),
    ],
    wildcards: [
      {
        resource: 'arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<AWS::AccountId>:alarm:*',
        reason:
          'CloudWatch checks a request by prefix against alarm:*, as its error messages show ("on resource: …:alarm:*"); it only reads.',
      },
      { resource: '*', reason: 'GetMetricData has no resources; it only reads.' },
    ],
  }),
  'operator-subscriptions': ({ context }) => ({
    environment: { FAILURES_TOPIC_ARN: context.failures.topicArn },
    statements: [allow('Operators', ['sns:ListSubscriptionsByTopic'], [context.failures.topicArn])],
  }),
  signals: ({ context, signals }) => ({
    environment: { SIGNALS_QUEUE_URL: signals.queueUrl },
    statements: [allow('Signals', ['sqs:SendMessage'], [signals.queueArn]), keyStatement('Signals', context, 'sqs')],
  }),
  notifications: ({ context, notifications }) => ({
    environment: { NOTIFICATIONS_TOPIC_ARN: notifications.topicArn },
    statements: [
      allow('Notifications', ['sns:Publish'], [notifications.topicArn]),
      keyStatement('Notifications', context, 'sns'),
    ],
  }),
  queue: ({ context, consumes }) => {
    if (!consumes)
      throw new Error('The contract of a function uses "queue", but the function has no queue; connect it to one.');
    const { queue, deadLetters } = consumes;
    return {
      environment: { QUEUE_URL: queue.queueUrl, DEAD_LETTER_QUEUE_URL: deadLetters.queue.queueUrl },
      statements: [
        allow(
          'Queue',
          ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
          [queue.queueArn],
        ),
        allow('DeadLetters', ['sqs:SendMessage'], [deadLetters.queue.queueArn]),
        keyStatement('Queue', context, 'sqs'),
      ],
    };
  },
  targets: ({ context }) =>
    context.network
      ? {
          environment: {},
          statements: [allow('Network', networkActions, ['*']), notByCode('NetworkByCode', networkActions)],
          wildcards: [
            {
              resource: '*',
              reason: 'Lambda creates and deletes network interfaces that do not exist at deployment time.',
            },
          ],
        }
      : { environment: {}, statements: [] },
  secrets: ({ context, channelKind, check }) => {
    const arns = { ssm: [] as string[], secretsmanager: [] as string[] };
    for (const { store, name } of secretsOf(
      check === undefined ? ownChannels(context, channelKind) : checkSettings(context, check),
    )) {
      arns[store].push(
        store === 'ssm'
          ? localArn('ssm', `parameter/${name.replace(/^\//, '')}`)
          : // Secrets Manager appends six random characters to the name.
            localArn('secretsmanager', `secret:${name}-??????`),
      );
    }
    return {
      environment: {},
      statements: [
        ...(arns.ssm.length > 0 ? [allow('Parameters', ['ssm:GetParameter'], arns.ssm)] : []),
        ...(arns.secretsmanager.length > 0
          ? [allow('Secrets', ['secretsmanager:GetSecretValue'], arns.secretsmanager)]
          : []),
      ],
    };
  },
  mail: ({ context, channelKind }) => {
    const { from, to } = mailAddresses(ownChannels(context, channelKind));
    if (from.length === 0) return { environment: {}, statements: [] };
    // The recipients are here too, because SES checks them as identities while the account is in its sandbox.
    const identities = [...from, ...to].flatMap((address) => [address, address.slice(address.indexOf('@') + 1)]);
    return {
      environment: {},
      statements: [
        allow(
          'Mail',
          ['ses:SendRawEmail'],
          [...new Set(identities)].sort().map((identity) => localArn('ses', `identity/${identity}`)),
          { StringEquals: { 'ses:FromAddress': from } },
        ),
      ],
    };
  },
};

/** The environment, the policy statements and the reasons for wildcards of a function with these capabilities. */
export function provide(uses: readonly Capability[], edges: Edges) {
  const provided: Provision<never>[] = uses.map((use) => provisions[use](edges));
  return {
    environment: Object.assign({}, ...provided.map(({ environment }) => environment)) as Record<string, string>,
    statements: provided.flatMap(({ statements }) => statements),
    wildcards: provided.flatMap(({ wildcards }) => wildcards ?? []),
  };
}

const allow = (sid: string, actions: string[], resources: string[], conditions?: Record<string, unknown>) =>
  new PolicyStatement({ sid, actions, resources, ...(conditions && { conditions }) });

/** What Lambda may do on behalf of a function, and the function's own code may not: only its requests name the function. */
const notByCode = (sid: string, actions: string[]) =>
  new PolicyStatement({
    sid,
    effect: Effect.DENY,
    actions,
    resources: ['*'],
    conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
  });

/** Single items and queries, whose cost is proportional to their result. No scans, and no deletes: items expire. */
const tableStatements = (sid: string, context: PipelineContext, table: ITable, indexes: readonly string[]) => [
  allow(
    sid,
    ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query'],
    [table.tableArn, ...indexes.map((index) => `${table.tableArn}/index/${index}`)],
  ),
  keyStatement(sid, context, 'dynamodb'),
];

/** The permission to use the key, only through this service. */
const keyStatement = (sid: string, { key }: PipelineContext, service: 'dynamodb' | 'sqs' | 'sns') =>
  allow(
    `${sid}Key`,
    service === 'dynamodb'
      ? ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo']
      : ['kms:Decrypt', 'kms:GenerateDataKey'],
    [key.keyArn],
    { StringEquals: { 'kms:ViaService': `${service}.${Aws.REGION}.amazonaws.com` } },
  );

/** The permission to decrypt with the key, only through this service. */
const keyReadStatement = (sid: string, { key }: PipelineContext, service: 'dynamodb') =>
  allow(`${sid}Key`, ['kms:Decrypt', 'kms:DescribeKey'], [key.keyArn], {
    StringEquals: { 'kms:ViaService': `${service}.${Aws.REGION}.amazonaws.com` },
  });

const ownChannels = ({ document }: PipelineContext, kind: string | undefined) =>
  kind ? channelsOfKind(document.channels, kind) : document.channels;

/** What the targets of a check say of how to look at them. */
const checkSettings = ({ document }: PipelineContext, check: string) =>
  document.targets
    .filter((target) => target.checks.some((settings) => settings.check === check))
    .map((target) => observedWith(target, check));
