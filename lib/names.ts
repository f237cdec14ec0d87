import { Fn } from 'aws-cdk-lib';
import type { TopicName } from '../core/deployment/topics.ts';

/** The name and stage of a deployment, from which its physical names are built. */
export interface Deployment {
  readonly name: string;
  readonly stage: string;
}

/**
 * `<name>-<stage>-<thing>`: the physical name of resources that other stacks or people refer to by name (stacks, topics, the
 * bus, the schedule group). CloudFormation generates all other names, so that it can replace these resources.
 */
export const physicalName = ({ name, stage }: Deployment, ...thing: string[]): string =>
  [name, stage, ...thing].join('-');

/** `<name>/<stage>/pipeline/<thing>/<what>`: an alarm on the pipeline itself. */
export const pipelineAlarmName = ({ name, stage }: Deployment, thing: string, what: string): string =>
  `${name}/${stage}/pipeline/${thing}/${what}`;

/** An ARN in the account and Region of the stack that uses it. */
export const localArn = (service: string, resource: string): string =>
  Fn.sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);

/**
 * A topic's ARN, built from its name. The alarm stacks use it instead of a reference: a reference would become an export,
 * and CloudFormation does not allow changes of an export while another stack imports it.
 */
export const topicArn = (deployment: Deployment, name: TopicName): string =>
  localArn('sns', physicalName(deployment, name));
