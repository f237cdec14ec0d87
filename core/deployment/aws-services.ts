import type { Capability } from './contract.ts';

/** A service of AWS, by the last part of the name of its VPC endpoint: `com.amazonaws.eu-central-1.monitoring`. */
export type AwsService = 'dynamodb' | 'email' | 'monitoring' | 'secretsmanager' | 'sns' | 'sqs' | 'ssm';

/** The services that a function with a capability calls itself. Those of secrets follow from where the secrets are stored. */
export const servicesOf: { readonly [C in Capability]: readonly AwsService[] } = {
  history: ['dynamodb'],
  'past-runs': ['dynamodb'],
  incidents: ['dynamodb'],
  metrics: ['monitoring'],
  'agent-metrics': ['monitoring'],
  'alarm-states': ['monitoring'],
  signals: ['sqs'],
  'operator-subscriptions': ['sns'],
  notifications: ['sns'],
  // Lambda polls the queue; the function extends visibility and moves messages itself.
  queue: ['sqs'],
  targets: [],
  secrets: [],
  mail: ['email'],
};

/** Services with a gateway endpoint, which is free. The endpoints of all others are interfaces, charged by the hour and zone. */
export const gatewayServices: readonly AwsService[] = ['dynamodb'];
