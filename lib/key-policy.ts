import { Aws } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { topicNames } from '../core/deployment/topics.ts';
import { type Deployment, localArn, physicalName, topicArn } from './names.ts';

/**
 * The AWS services that may use the key: those that transfer messages between encrypted topics and queues, and CloudWatch
 * Logs. Each only for the alarms, topics, rules and log groups of this deployment. Written in one place and with names,
 * because the key is in another stack than the topics and queues: references to them would be circular. The permissions of
 * functions and schedules are in their roles.
 */
export const keyStatements = (deployment: Deployment): PolicyStatement[] => [
  service('AlarmsToTopics', 'cloudwatch.amazonaws.com', [
    localArn('cloudwatch', `alarm:${deployment.name}/${deployment.stage}/*`),
  ]),
  service(
    'TopicsToQueues',
    'sns.amazonaws.com',
    topicNames.map((name) => topicArn(deployment, name)),
  ),
  service('BusToQueues', 'events.amazonaws.com', [localArn('events', `rule/${physicalName(deployment)}/*`)]),
  logs(deployment),
];

/** CloudWatch Logs names the log group in the encryption context, and no source. CloudFormation names groups after their stack. */
const logs = (deployment: Deployment) =>
  new PolicyStatement({
    sid: 'Logs',
    effect: Effect.ALLOW,
    principals: [new ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`)],
    actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    resources: ['*'],
    conditions: {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': localArn('logs', `log-group:${physicalName(deployment, 'pipeline')}-*`),
      },
    },
  });

const service = (sid: string, principal: string, sources: string[]) =>
  new PolicyStatement({
    sid,
    effect: Effect.ALLOW,
    principals: [new ServicePrincipal(principal)],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    resources: ['*'],
    conditions: {
      StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      ArnLike: { 'aws:SourceArn': sources },
    },
  });
