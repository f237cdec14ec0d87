import { describe, expect, it } from 'vitest';
import type { Definition } from '../../core/definition/definition.ts';
import { because, health, secret, serviceDown, slack } from '../../index.ts';
import example from '../../monitoring.config.ts';
import { billOf } from '../../tools/cost/bill.ts';
import { unpriced } from '../../tools/cost/unpriced.ts';
import { build, synthesized } from './synthesized.ts';

const bare: Definition = {
  name: 'bare',
  operators: because('nobody is there'),
  channels: { alerts: slack({ webhook: secret('secretsmanager:tocsin/slack') }) },
  routes: { critical: ['alerts'] },
  services: {
    a: { url: 'https://a.example.com', checks: [health({ every: '1 minute' })], rules: [serviceDown()] },
    b: { url: 'https://b.example.com', checks: [health({ every: '5 minutes' })], rules: because('watched by others') },
  },
};

/** Resources by type, as they are deployed and as the bill has them. */
async function countsOf(definition: Definition, stage?: string) {
  const { resources, document } = await synthesized(definition, stage);
  const deployed = Object.values(resources).map(({ Type }) => ({ type: Type, count: 1 }));
  const billed = billOf(document).items.flatMap((item) => item.deployed ?? []);
  return { deployed: added(deployed), billed: added(billed) };
}

function added(resources: readonly { type: string; count: number }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type, count } of resources) counts[type] = (counts[type] ?? 0) + count;
  return counts;
}

describe('the bill and the templates', () => {
  it.each([
    ['the example', example, undefined],
    ['its other stage', example, 'prod'],
    ['a config with one kind of channel, no operators and two intervals', bare, undefined],
    [
      'a network, with security groups of its own',
      { ...example, network: { vpcId: 'vpc-01234567', subnetIds: ['subnet-01234567'] } },
      undefined,
    ],
    ['three operators', { ...bare, operators: ['a@example.com', 'b@example.com', 'c@example.com'] }, undefined],
  ] as const)('count the same of all that is charged: %s', async (_, definition, stage) => {
    const { deployed, billed } = await countsOf(definition as Definition, stage);
    const charged = Object.fromEntries(Object.entries(deployed).filter(([type]) => !(type in unpriced)));
    expect(billed).toEqual(charged);
  });

  it('together know every type: what is in no bill has a reason, and no type is in both', async () => {
    const { deployed, billed } = await countsOf(example);
    expect(Object.keys(deployed).filter((type) => !(type in billed) && !(type in unpriced))).toEqual([]);
    expect(Object.keys(billed).filter((type) => type in unpriced)).toEqual([]);
    for (const reason of Object.values(unpriced)) expect(reason).not.toBe('');
  });
});

describe('a budget at synth', () => {
  it('fails it when the deployment costs more, with the sum and the most expensive items', async () => {
    const { app } = await build({ ...example, cost: { budgetPerMonth: 3 } });
    expect(() => app.synth()).toThrow(
      /costs 10\.88 USD a month, and cost\.budgetPerMonth is 3\.00 USD\. Most expensive: /,
    );
  });

  it('lets it pass when it does not', async () => {
    const { app } = await build({ ...example, cost: { budgetPerMonth: 30 } });
    expect(() => app.synth()).not.toThrow();
  });
});
