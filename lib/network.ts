import { Aws } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { MonitoringDocument } from '../core/definition/document.ts';
import type { Capability } from '../core/deployment/contract.ts';
import { observedWith, secretsOf } from '../core/deployment/references.ts';
import { functionsOf, type Used } from '../functions/deployed-functions.ts';

/** Where the functions run that connect to targets, so that they reach private addresses and names. */
export interface Network {
  readonly vpc: IVpc;
  /** @default the private subnets with a way out, as CDK finds them */
  readonly vpcSubnets?: SubnetSelection | undefined;
  /** @default one for each function, which may connect to anything */
  readonly securityGroups?: ISecurityGroup[] | undefined;
}

/** What AWS Lambda does on behalf of a function in a VPC. None of it can be limited to a resource before it exists. */
export const networkActions = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/** Whether a function connects to targets, and so belongs into their network. */
export const reachesTargets = ({ uses }: { uses: readonly Capability[] }): boolean => uses.includes('targets');

/** The services of AWS that functions call from inside the network, each by the name of its VPC endpoint. */
export function endpointsOf(document: MonitoringDocument & Used): string[] {
  const uses = new Set(
    functionsOf(document).flatMap(({ contract }) => (reachesTargets(contract) ? contract.uses : [])),
  );
  const stores = new Set(secretsOf(document.targets.map((target) => observedWith(target))).map(({ store }) => store));
  const services: [string, boolean][] = [
    ['dynamodb', uses.has('history')],
    ['monitoring', uses.has('metrics') || uses.has('agent-metrics')],
    ['secretsmanager', stores.has('secretsmanager')],
    ['ssm', stores.has('ssm')],
  ];
  return services.filter(([, used]) => used).map(([service]) => `com.amazonaws.${Aws.REGION}.${service}`);
}
