import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../../catalog/parse-definition.ts';
import { networkOf } from '../../../core/definition/network.ts';
import { because } from '../../../index.ts';
import { aDefinition, aDocument } from '../../support/a-document.ts';

const network = { vpcId: 'vpc-0123456789abcdef0', subnetIds: ['subnet-01234567', 'subnet-0123456789abcdef0'] };

describe('a network', () => {
  it('has defaults', () => {
    expect(networkOf(aDocument({ network }))).toEqual({
      ...network,
      ipv6: false,
      awsAccess: 'nat-gateway',
      awsAccessExists: false,
    });
  });

  it('of a stage replaces that of the definition', () => {
    const own = { ...network, vpcId: 'vpc-01234567' };
    expect(networkOf(aDocument({ network, stages: { prod: { network: own } } }))?.vpcId).toBe('vpc-01234567');
    const none = aDocument({ network, stages: { prod: { network: because('public') } } });
    expect([none.network, networkOf(none)]).toEqual([{ because: 'public' }, undefined]);
  });

  it('is absent from the document if the config has none', () => {
    expect(aDocument()).not.toHaveProperty('network');
  });

  it.each<[string, object, string]>([
    ['nothing', {}, 'network.vpcId: is required'],
    [
      'a name for an id',
      { ...network, vpcId: 'main' },
      `network.vpcId: "main" is not the id of a VPC; use one such as 'vpc-0123456789abcdef0'`,
    ],
    ['no subnets', { ...network, subnetIds: [] }, 'network.subnetIds: [] has no subnet; add one'],
    [
      'an id of something else',
      { ...network, subnetIds: [network.vpcId] },
      `network.subnetIds[0]: "vpc-0123456789abcdef0" is not the id of a subnet; use one such as 'subnet-0123456789abcdef0'`,
    ],
    [
      'a subnet twice',
      { ...network, subnetIds: ['subnet-01234567', 'subnet-01234567'] },
      'network.subnetIds: ["subnet-01234567","subnet-01234567"] has an id twice; remove one',
    ],
    ['no security groups', { ...network, securityGroupIds: [] }, 'network.securityGroupIds: [] has no security group'],
    [
      'six security groups',
      { ...network, securityGroupIds: [1, 2, 3, 4, 5, 6].map((i) => `sg-0123456${i}`) },
      'has more than 5 ids, the limit of AWS Lambda; remove some',
    ],
    [
      'an unknown access',
      { ...network, awsAccess: 'nat' },
      'network.awsAccess: "nat" is not an allowed value; use one of: "nat-gateway", "vpc-endpoints"',
    ],
    [
      'more zones than subnets',
      { ...network, availabilityZones: 3 },
      'network.availabilityZones: 3 is more than the number of subnets, and a subnet is in one zone; use at most 2',
    ],
    ['an unknown key', { ...network, subnets: [] }, 'network.subnets: is not a known key; did you mean subnetIds?'],
    ['an empty reason', { because: '' }, 'network.because: "" has no reason; state why'],
  ])('is refused with %s', (_, value, says) => {
    const definition = { ...aDefinition(), network: value } as never;
    expect(() => parseDefinition(definition, { world: 'laptop' })).toThrow(says);
    const ofStage = { ...aDefinition(), stages: { prod: { network: value } } } as never;
    expect(() => parseDefinition(ofStage, { world: 'laptop' })).toThrow(
      says.replace(/^network/, 'stages.prod.network'),
    );
  });
});
