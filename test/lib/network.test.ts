import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { describe, expect, it } from 'vitest';
import { bearer, health, secret } from '../../index.ts';
import { Tocsin, type TocsinProps } from '../../lib/tocsin.ts';
import example from '../../monitoring.config.ts';
import { ofType, type Resources, sayValue } from './synthesized.ts';

/** The pipeline's template in an app that has a VPC of its own. */
function pipelineIn(change: (vpc: Vpc, own: Stack) => Partial<TocsinProps>) {
  const app = new App({ builtinCloudFormationValidation: false });
  const own = new Stack(app, 'Own');
  const vpc = new Vpc(own, 'Vpc', { maxAzs: 2 });
  const tocsin = new Tocsin(app, 'Monitoring', { definition: example, ...change(vpc, own) });
  const template = Template.fromStack(tocsin.stacks.pipeline).toJSON();
  return { template, resources: template['Resources'] as Resources, outputs: template['Outputs'] };
}

const nameOf = (lambda: Resources[string]) => lambda.Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME;
const inVpc = (resources: Resources) =>
  ofType(resources, 'AWS::Lambda::Function')
    .filter(([, lambda]) => lambda.Properties.VpcConfig)
    .map(([, lambda]) => nameOf(lambda))
    .sort();

describe('a pipeline with a VPC', () => {
  const { resources, outputs } = pipelineIn((vpc) => ({ vpc }));

  it('runs there what connects to targets, and nothing else', () => {
    expect(inVpc(resources)).toEqual(['disk-check', 'health-check']);
  });

  it('lets these functions, and no others, have network interfaces', () => {
    const allowed = ofType(resources, 'AWS::IAM::Role').filter(([, role]) =>
      JSON.stringify(role.Properties.Policies).includes('ec2:CreateNetworkInterface'),
    );
    expect(allowed.map(([id]) => id.replace(/Role.*/, '')).sort()).toEqual(['diskcheck', 'healthcheck']);
    expect(ofType(resources, 'AWS::IAM::Role').filter(([, role]) => role.Properties.ManagedPolicyArns)).toEqual([]);
  });

  it('says which endpoints the network needs, unless it has a way out', () => {
    expect(sayValue(outputs.ConnectNetwork.Value)).toBe(
      'com.amazonaws.AWS::Region.dynamodb, com.amazonaws.AWS::Region.monitoring',
    );
    expect(outputs.ConnectNetwork.Description).toContain('NAT gateway');
  });

  it('names the store of a secret that a check reads, and of no other', () => {
    const classifier = {
      ...example.services!['classifier']!,
      checks: [health({ every: '1 minute', auth: bearer(secret('secretsmanager:token')) })],
    };
    const definition = { ...example, services: { classifier } };
    expect(sayValue(pipelineIn((vpc) => ({ vpc, definition })).outputs.ConnectNetwork.Value)).toMatch(
      /monitoring, com\.amazonaws\.AWS::Region\.secretsmanager$/,
    );
  });
});

describe('the subnets and security groups', () => {
  it('are those that are given', () => {
    const { resources } = pipelineIn((vpc, own) => ({
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS, availabilityZones: [vpc.availabilityZones[0]!] },
      securityGroups: [new SecurityGroup(own, 'Group', { vpc, allowAllOutbound: false })],
    }));
    expect(inVpc(resources)).toEqual(['disk-check', 'health-check']);
    const [, lambda] = ofType(resources, 'AWS::Lambda::Function').find(([, each]) => each.Properties.VpcConfig)!;
    expect(lambda.Properties.VpcConfig.SubnetIds.map(sayValue)).toEqual([expect.stringContaining('PrivateSubnet1')]);
    expect(lambda.Properties.VpcConfig.SecurityGroupIds.length).toBe(1);
    expect(ofType(resources, 'AWS::EC2::SecurityGroup')).toEqual([]);
  });

  it('need their VPC', () => {
    expect(() => pipelineIn(() => ({ vpcSubnets: { subnetType: SubnetType.PUBLIC } }))).toThrow(
      'Monitoring has subnets or security groups but no VPC. Set vpc to the VPC that they belong to.',
    );
  });
});

describe('a pipeline without one', () => {
  it('has no function in a VPC and no output about networks', () => {
    const { resources, outputs } = pipelineIn(() => ({}));
    expect(inVpc(resources)).toEqual([]);
    expect(JSON.stringify([resources, outputs])).not.toMatch(/ec2:|ConnectNetwork/);
  });
});
