import { Annotations, type Stack } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { VpcNetwork } from '../core/definition/network.ts';

/** Where the functions run that connect to targets, so that they reach private addresses and names. */
export interface Network {
  readonly vpc: IVpc;
  /** @default the private subnets with a way out, as CDK finds them */
  readonly vpcSubnets?: SubnetSelection | undefined;
  /** @default one for each function, which may connect to anything */
  readonly securityGroups?: ISecurityGroup[] | undefined;
  /** Whether they connect over IPv6 too. @default false */
  readonly ipv6AllowedForDualStack?: boolean | undefined;
  /** Whether security groups that are created allow all outbound connections over IPv6. @default false */
  readonly allowAllIpv6Outbound?: boolean | undefined;
}

/**
 * What AWS Lambda does on behalf of a function in a VPC. None of it can be limited to a resource before it exists; the code
 * of the function is denied all of it.
 */
export const networkActions = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/** The network of a definition, by its ids alone: synth looks nothing up and needs no credentials. */
export function importNetwork(stack: Stack, { vpcId, subnetIds, securityGroupIds, ipv6 }: VpcNetwork): Network {
  return {
    // CDK requires a zone and does not use it, because the subnets are given.
    vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId, availabilityZones: ['unknown'] }),
    vpcSubnets: { subnets: subnetIds.map((id) => importSubnet(stack, id)) },
    ...(securityGroupIds && {
      securityGroups: securityGroupIds.map((id) => SecurityGroup.fromSecurityGroupId(stack, id, id)),
    }),
    ...(ipv6 && { ipv6AllowedForDualStack: true }),
    ...(ipv6 && !securityGroupIds && { allowAllIpv6Outbound: true }),
  };
}

function importSubnet(stack: Stack, id: string) {
  const subnet = Subnet.fromSubnetId(stack, id, id);
  // Nothing here reads its route table, which is all that CDK warns of.
  Annotations.of(subnet).acknowledgeWarning('@aws-cdk/aws-ec2:noSubnetRouteTableId');
  return subnet;
}
