import { Aws } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { topicThings } from '../core/deployment/parts.ts';
import { type Deployment, localArn, physicalName, topicArn } from './names.ts';

/**
 * Who may use the key on its own behalf: the AWS services that carry a message from one encrypted place to the next.
 * Each only for this deployment's own alarms, topics and rules. Written in one place and by name, because the key lies
 * in another stack than the topics and queues: a reference back to them would be a circle. What functions and schedules
 * may do with the key stands in their roles.
 */
export const keyStatements = (deployment: Deployment): PolicyStatement[] => [
  service('AlarmsToTopics', 'cloudwatch.amazonaws.com', [
    localArn('cloudwatch', `alarm:${deployment.name}/${deployment.stage}/*`),
  ]),
  service(
    'TopicsToQueues',
    'sns.amazonaws.com',
    topicThings.map((thing) => topicArn(deployment, thing)),
  ),
  service('BusToQueues', 'events.amazonaws.com', [localArn('events', `rule/${physicalName(deployment)}/*`)]),
];

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
