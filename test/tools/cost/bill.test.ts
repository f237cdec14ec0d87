import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../../catalog/parse-definition.ts';
import type { Definition } from '../../../core/definition/definition.ts';
import { prices } from '../../../core/definition/prices.ts';
import { ConfigError } from '../../../core/definition/problem.ts';
import { bearer, because, health, secret, serviceDown, slack } from '../../../index.ts';
import example from '../../../monitoring.config.ts';
import { type Bill, billOf } from '../../../tools/cost/bill.ts';
import { overBudget, sayUsd } from '../../../tools/cost/budget.ts';
import type { ItemKind } from '../../../tools/cost/item.ts';
import { marginalRules, marginalTargets } from '../../../tools/cost/marginal.ts';

const parse = (definition: Definition, stage?: string) => parseDefinition(definition, { stage, world: 'aws' });
const bill = (change: Partial<Definition> = {}): Bill => billOf(parse({ ...example, ...change }));
const sumOf = ({ items }: Bill, kind: ItemKind) =>
  Number(
    items
      .filter((item) => item.kind === kind)
      .reduce((total, { usd }) => total + usd, 0)
      .toFixed(2),
  );

/** One quiet service: the ground under every other bill. */
const service = { url: 'https://m.example.com', checks: [health({ every: '1 minute' })], rules: [serviceDown()] };
const small: Definition = {
  name: 'shop',
  operators: because('a test'),
  channels: { alerts: slack({ webhook: secret('tocsin/slack') }) },
  routes: { critical: ['alerts'], high: ['alerts'], medium: ['alerts'], info: ['alerts'] },
  services: { a: service },
};
const inVpc = (of: object = {}) => ({
  vpcId: 'vpc-01234567',
  subnetIds: ['subnet-01234567', 'subnet-89abcdef'],
  ...of,
});
const smallBill = (change: Partial<Definition> = {}) => billOf(parse({ ...small, ...change }));
const added = (change: Partial<Definition>) => Number((smallBill(change).usd - smallBill().usd).toFixed(2));

describe('the bill of the example config', () => {
  it.each([
    ['alarm', 3, '30 alarms: 6 of rules, 3 of checks, 21 on the pipeline itself'],
    [
      'metric',
      5.31,
      '13 metrics, telemetry for some hours, 105,120 requests that publish, 26,280 that read from the agent',
    ],
    ['function', 0.18, '105,120 invocations of 0.3 s at 256 MB, and 0.1 GB of logs'],
    ['queue', 1.05, 'four queues that Lambda polls 15 times a minute'],
    ['table', 0.06, '61,320 rows and the reads of the sweep'],
    ['schedule', 0.11, '105,120 invocations'],
    ['secret', 0, 'SSM parameters are free'],
    ['key', 1.16, 'a key, and its requests, those for the logs included'],
  ] as const)('%s: %d, %s', (kind, usd, _) => {
    expect(sumOf(bill(), kind)).toBe(usd);
  });

  it('has a sum, and a sum after the free tier of an account that uses nothing else', () => {
    const { usd, usdAfterFreeTier, items } = bill();
    expect(usd).toBeCloseTo(
      items.reduce((total, item) => total + item.usd, 0),
      10,
    );
    expect([usd.toFixed(2), usdAfterFreeTier.toFixed(2)]).toEqual(['10.88', '4.81']);
  });

  it('is under 11 USD, and under 5 USD after the free tier', () => {
    expect(bill().usd).toBeLessThan(11);
    expect(bill().usdAfterFreeTier).toBeLessThan(5);
  });
});

describe('what a change costs', () => {
  it.each([
    [
      'a rule on a metric that is there',
      { services: { a: { ...service, rules: [serviceDown(), serviceDown({ id: 'down-long', for: '30 minutes' })] } } },
      0.1,
    ],
    [
      'a service with a check and a rule: four metrics, an alarm, its rows',
      { services: { a: service, b: service } },
      1.36,
    ],
    [
      'a check every five minutes instead of each',
      { services: { a: { ...service, checks: [health({ every: '5 minutes' })] } } },
      -0.49,
    ],
    [
      'a secret in Secrets Manager',
      { channels: { alerts: slack({ webhook: secret('secretsmanager:tocsin/slack') }) } },
      0.4,
    ],
    [
      'a secret in Secrets Manager that a check reads every five minutes',
      {
        services: {
          a: { ...service, checks: [health({ every: '1 minute', auth: bearer(secret('secretsmanager:a')) })] },
        },
      },
      0.44,
    ],
    [
      'operators: an alarm while one is unconfirmed, however many',
      { operators: ['a@example.com', 'b@example.com'] },
      0.1,
    ],
    ['a network with a NAT gateway of its own, and 0.9 GB of data', { network: inVpc() }, 36.54],
    ['a network with a NAT gateway that exists', { network: inVpc({ awsAccessExists: true }) }, 0.04],
    ['a network with one endpoint, in two zones', { network: inVpc({ awsAccess: 'vpc-endpoints' }) }, 14.61],
    ['... in one zone', { network: inVpc({ awsAccess: 'vpc-endpoints', availabilityZones: 1 }) }, 7.31],
    ['... that exists', { network: inVpc({ awsAccess: 'vpc-endpoints', awsAccessExists: true }) }, 0.01],
    [
      'a network with two endpoints, because a check reads a parameter',
      {
        network: inVpc({ awsAccess: 'vpc-endpoints', availabilityZones: 1 }),
        services: { a: { ...service, checks: [health({ every: '1 minute', auth: bearer(secret('a')) })] } },
      },
      14.61,
    ],
    ['the reason why there is no network', { network: because('all targets are public') }, 0],
    ['another price', { cost: { prices: { alarm: 0.2 } } }, 1.7],
    ['a thousand incidents a month: telemetry in every hour', { cost: { assume: { incidentsPerMonth: 1000 } } }, 0.89],
  ] as [string, Partial<Definition>, number][])('%s', (_, change, usd) => {
    expect(added(change)).toBe(usd);
  });

  it('is computed for each rule and target, the most expensive first', () => {
    const document = parse(example);
    expect(marginalTargets(document).map(({ name, usd }) => [name, usd.toFixed(2)])).toEqual([
      ['service classifier', '2.62'],
      ['volume results', '1.71'],
      ['batch nightly', '1.65'],
    ]);
    expect(marginalRules(document)[0]!.usd).toBeCloseTo(0.1);
  });
});

describe('a budget', () => {
  const over = (definition: Definition, stage?: string) => overBudget(parse(definition, stage));

  it.each([
    ['no budget', {}, undefined],
    ['a budget that is not exceeded', { cost: { budgetPerMonth: 20 } }, undefined],
    [
      'one that is not',
      { cost: { budgetPerMonth: 5 } },
      /^costs 10\.88 USD a month, and cost\.budgetPerMonth is 5\.00 USD\. Most expensive: metric heartbeats of the checks and the sweep 1\.20 USD, .* Run npx tocsin cost to see all items/,
    ],
    [
      'that of the stage comes before it',
      { cost: { budgetPerMonth: 5 }, stages: { dev: { budgetPerMonth: 20 } } },
      undefined,
    ],
    ['the budget of the stage', { stages: { dev: { budgetPerMonth: 1 } } }, /is 1\.00 USD/],
  ] as [string, Partial<Definition>, RegExp | undefined][])('%s', (_, change, says) => {
    const said = over({ ...example, ...change });
    if (says) expect(said).toMatch(says);
    else expect(said).toBeUndefined();
  });

  it.each([
    [{ budgetPerMonth: 0 }, 'cost.budgetPerMonth: 0'],
    [{ budgetPerMonth: '20' }, 'cost.budgetPerMonth: "20" is not a number'],
    [{ prices: { alarms: 1 } }, 'cost.prices'],
    [{ prices: { alarm: -1 } }, 'cost.prices.alarm: -1'],
    [{ budget: 20 }, 'cost.budget: is not a known key'],
    [{ assume: { incidents: 3 } }, 'cost.assume.incidents: is not a known key'],
  ])('%j does not pass the door', (cost, says) => {
    const attempt = () => parse({ ...example, cost: cost as never });
    expect(attempt).toThrow(ConfigError);
    expect(attempt).toThrow(says);
  });

  it.each([
    [12.567, '12.57 USD'],
    [1234.5, '1,234.50 USD'],
    [0, '0.00 USD'],
    [0.0043, '0.004 USD'],
  ])('%d is written %s', (usd, text) => {
    expect(sayUsd(usd)).toBe(text);
  });
});

describe('the price table', () => {
  it('has for each price the unit and the source', () => {
    for (const price of Object.values(prices)) {
      expect(price.usd).toBeGreaterThan(0);
      expect(price.unit).not.toBe('');
      expect(price.source).not.toBe('');
    }
  });
});
