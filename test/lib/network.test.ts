import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { describe, expect, it } from 'vitest';
import { bearer, because, health, secret } from '../../index.ts';
import { networkActions } from '../../lib/network.ts';
import { Tocsin, type TocsinProps } from '../../lib/tocsin.ts';
import example from '../../monitoring.config.ts';
import { ofType, type Resources, sayValue } from './synthesized.ts';

const network = {
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
};

/** The pipeline's template in an app that has a VPC of its own. */
function pipelineIn(change: (vpc: Vpc, own: Stack) => Partial<TocsinProps>) {
  const app = new App({ builtinCloudFormationValidation: false });
  const own = new Stack(app, 'Own');
  const vpc = new Vpc(own, 'Vpc', { maxAzs: 2 });
  const tocsin = new Tocsin(app, 'Monitoring', { definition: example, ...change(vpc, own) });
  const template = Template.fromStack(tocsin.stacks.pipeline).toJSON();
  const warnings = Annotations.fromStack(tocsin.stacks.pipeline).findWarning('*', Match.anyValue());
  return { app, warnings, resources: template['Resources'] as Resources, outputs: template['Outputs'] };
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

  it('denies the code of these functions what it allows Lambda', () => {
    for (const [, { Properties }] of ofType(resources, 'AWS::IAM::Role')) {
      const statements: { Sid: string; Action: string[] }[] = Properties.Policies[0].PolicyDocument.Statement;
      const [allowed, denied] = statements.filter(({ Sid }) => Sid.startsWith('Network'));
      if (!allowed) continue;
      expect(allowed).toEqual({ Sid: 'Network', Effect: 'Allow', Action: networkActions, Resource: '*' });
      expect(denied).toEqual({
        Sid: 'NetworkByCode',
        Effect: 'Deny',
        Action: networkActions,
        Resource: '*',
        Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } },
      });
    }
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

describe('the network of a definition', () => {
  const configOf = (resources: Resources) =>
    ofType(resources, 'AWS::Lambda::Function').flatMap(([, { Properties }]) =>
      Properties.VpcConfig ? [Properties.VpcConfig] : [],
    );

  it('places the same functions in its subnets and security groups, without a lookup and without warnings', () => {
    const definition = { ...example, network: { ...network, securityGroupIds: ['sg-01234567'] } };
    const { app, resources, warnings } = pipelineIn(() => ({ definition }));
    expect(inVpc(resources)).toEqual(['disk-check', 'health-check']);
    for (const config of configOf(resources))
      expect(config).toEqual({ SubnetIds: network.subnetIds, SecurityGroupIds: ['sg-01234567'] });
    expect(ofType(resources, 'AWS::EC2::SecurityGroup')).toEqual([]);
    expect(warnings).toEqual([]);
    expect(app.synth().manifest.missing ?? []).toEqual([]);
  });

  it('has a security group for each function if it names none', () => {
    const { resources } = pipelineIn(() => ({ definition: { ...example, network } }));
    const groups = ofType(resources, 'AWS::EC2::SecurityGroup');
    expect(groups.map(([, { Properties }]) => Properties.VpcId)).toEqual([network.vpcId, network.vpcId]);
  });

  it.each([
    ['groups of its own', {}, ['0.0.0.0/0', '::/0']],
    ['given groups', { securityGroupIds: ['sg-01234567'] }, []],
  ])('connects over IPv6 if it says so, with %s', (_, own, outbound) => {
    const { resources } = pipelineIn(() => ({
      definition: { ...example, network: { ...network, ...own, ipv6: true } },
    }));
    for (const config of configOf(resources)) expect(config.Ipv6AllowedForDualStack).toBe(true);
    const [group] = ofType(resources, 'AWS::EC2::SecurityGroup');
    const rules: { CidrIp?: string; CidrIpv6?: string }[] = group?.[1].Properties.SecurityGroupEgress ?? [];
    expect(rules.map(({ CidrIp, CidrIpv6 }) => CidrIp ?? CidrIpv6)).toEqual(outbound);
  });

  it('is that of the stage, if the stage has one', () => {
    const stages = { dev: { network: because('public') }, prod: {} };
    const inStage = (stage: string) =>
      inVpc(pipelineIn(() => ({ definition: { ...example, stages, network }, stage })).resources);
    expect(inStage('dev')).toEqual([]);
    expect(inStage('prod')).toEqual(['disk-check', 'health-check']);
  });

  it('does not require the account of whoever takes the role of a function in it, which Lambda leaves out at first', () => {
    const { resources } = pipelineIn(() => ({ definition: { ...example, network } }));
    const conditions = ofType(resources, 'AWS::IAM::Role').flatMap(([id, { Properties }]) => {
      const [{ Principal, Condition }] = Properties.AssumeRolePolicyDocument.Statement;
      return Principal.Service === 'lambda.amazonaws.com' ? [[/health|disk/i.test(id), Condition === undefined]] : [];
    });
    expect(conditions.length).toBeGreaterThan(4);
    for (const [isInNetwork, isFree] of conditions) expect(isFree).toBe(isInNetwork);
  });

  it('yields to the VPC of the construct, except for IPv6, which the construct does not state', () => {
    const { resources } = pipelineIn((vpc) => ({
      vpc,
      definition: { ...example, network: { ...network, ipv6: true } },
    }));
    expect(configOf(resources).length).toBe(2);
    expect(JSON.stringify(resources)).not.toContain('subnet-0');
    expect(configOf(resources).map((config) => config.Ipv6AllowedForDualStack)).toEqual([true, true]);
  });

  it('is not described where no function runs in it', () => {
    const { outputs } = pipelineIn(() => ({ definition: { ...example, services: {}, volumes: {}, network } }));
    expect(outputs.ConnectNetwork).toBeUndefined();
  });

  it.each([
    ['nat-gateway', /^Action required: the subnets of the checks need a NAT gateway to reach/],
    ['vpc-endpoints', /^Action required: the subnets of the checks need these VPC endpoints/],
  ] as const)('says what is needed for access to AWS: %s', (awsAccess, says) => {
    const { outputs } = pipelineIn(() => ({ definition: { ...example, network: { ...network, awsAccess } } }));
    expect(outputs.ConnectNetwork.Description).toMatch(says);
  });

  it('is not used on an emulator, which has no VPC', () => {
    const { resources } = pipelineIn(() => ({ definition: { ...example, network }, target: 'localstack' }));
    expect(inVpc(resources)).toEqual([]);
  });
});

describe('a private URL', () => {
  const definition = {
    ...example,
    services: { classifier: { ...example.services!['classifier']!, url: 'https://classifier.internal' } },
  };
  const says = 'classifier is checked at classifier.internal, which only a private network can reach';

  it('fails the synth without a network', () => {
    expect(() => pipelineIn(() => ({ definition })).app.synth()).toThrow(says);
  });

  it.each<[string, Parameters<typeof pipelineIn>[0]]>([
    ['a network', () => ({ definition: { ...definition, network } })],
    ['a reason', () => ({ definition: { ...definition, network: because('a proxy resolves it') } })],
    ['a VPC of the construct', (vpc) => ({ definition, vpc })],
    ['an emulator', () => ({ definition, target: 'localstack' })],
  ])('does not fail it with %s', (_, change) => {
    expect(() => pipelineIn(change).app.synth()).not.toThrow();
  });
});

describe('a pipeline without one', () => {
  it('has no function in a VPC and no output about networks', () => {
    const { resources, outputs } = pipelineIn(() => ({}));
    expect(inVpc(resources)).toEqual([]);
    expect(JSON.stringify([resources, outputs])).not.toMatch(/ec2:|ConnectNetwork/);
  });
});
