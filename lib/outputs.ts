import { Aws, CfnOutput, type Stack } from 'aws-cdk-lib';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { networkOf } from '../core/definition/network.ts';
import { storeCommand } from '../core/definition/secret-location.ts';
import { allSecretsOf, mailAddresses } from '../core/deployment/references.ts';
import { servicesFromNetwork } from '../functions/deployed-network.ts';

/** A page of the AWS console, in the Region of the stack. */
export const consoleUrl = (service: string, fragment: string): string =>
  `https://${Aws.REGION}.console.aws.amazon.com/${service}/home?region=${Aws.REGION}#${fragment}`;

/** Adds outputs with links to the console, and with the actions that are required after a deployment. */
export function describePipeline(stack: Stack, document: MonitoringDocument): void {
  const { name, stage, operators, channels } = document;
  const output = (id: string, description: string, value: string) => new CfnOutput(stack, id, { description, value });

  output(
    'AlarmsConsole',
    'Every alarm of this deployment.',
    consoleUrl('cloudwatch', `alarmsV2:?search=${encodeURIComponent(`${name}/${stage}/`)}`),
  );
  output(
    'DeadLetterQueuesConsole',
    'The queues. Those with dead-letters in their name have the messages that could not be delivered.',
    consoleUrl('sqs/v3', `/queues`),
  );
  output(
    'LogQueriesConsole',
    `Saved log queries in the folder ${name}/${stage}: errors, the path of an incident, failed checks.`,
    consoleUrl('cloudwatch', 'logsV2:logs-insights'),
  );
  if (operators.length > 0)
    output(
      'ConfirmOperators',
      'Action required: each of these operators receives a mail from AWS Notifications and must confirm the subscription with its link.',
      operators.join(', '),
    );
  const senders = mailAddresses(channels).from;
  if (senders.length > 0)
    output(
      'ConfirmSenders',
      'Action required: verify these addresses or their domains in SES. In the SES sandbox, verify the recipients too.',
      senders.join(', '),
    );
  const secrets = allSecretsOf(document);
  if (secrets.length > 0)
    output(
      'StoreSecrets',
      'Action required: store the values of these secrets.',
      secrets.map(storeCommand).join(' ; '),
    );
}

/** What the network of the checks must offer. No stack can know which of it is there. */
export function describeNetwork(stack: Stack, document: MonitoringDocument): void {
  const access = networkOf(document)?.awsAccess ?? 'either';
  new CfnOutput(stack, 'ConnectNetwork', {
    description: `Action required: the subnets of the checks need ${needed[access]}`,
    value: servicesFromNetwork(document)
      .map((service) => `com.amazonaws.${Aws.REGION}.${service}`)
      .join(', '),
  });
}

const gateway = 'DynamoDB: a gateway endpoint, without charge';
const needed = {
  'nat-gateway': `a NAT gateway to reach these services, unless they have a VPC endpoint (${gateway}).`,
  'vpc-endpoints': `these VPC endpoints (${gateway}). Targets on the internet need a NAT gateway.`,
  either: `a NAT gateway, or these VPC endpoints (${gateway}). Targets on the internet need a NAT gateway.`,
};
