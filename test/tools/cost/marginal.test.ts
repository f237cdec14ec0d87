import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../../catalog/parse-definition.ts';
import { defaultCostSettings } from '../../../core/definition/cost-settings.ts';
import type { Definition } from '../../../core/definition/definition.ts';
import type { MonitoringDocument } from '../../../core/definition/document.ts';
import {
  batchFailed,
  batchMissing,
  bearer,
  cloudwatchAgent,
  diskSpaceLow,
  health,
  rule,
  secret,
  serviceDown,
  slack,
} from '../../../index.ts';
import { billOf } from '../../../tools/cost/bill.ts';
import { marginalRules, marginalTargets } from '../../../tools/cost/marginal.ts';

const metricRule = (id: string, metric: string, seconds: number) =>
  rule({
    id,
    tier: 'medium',
    metric,
    statistic: 'Maximum',
    comparison: 'above',
    threshold: 1,
    for: '5 minutes',
    period: `${seconds} seconds`,
    missingData: 'missing',
    summary: 's',
    description: 'd',
    runbook: 'r',
  });

const auth = (name: string | undefined) => (name === undefined ? {} : { auth: bearer(secret(name)) });
const secretName = fc.constantFrom(undefined, 'secretsmanager:a', 'secretsmanager:slack', 'secretsmanager:b', 'ssm:c');
const every = fc.constantFrom('1 minute' as const, '5 minutes' as const, '20 minutes' as const);

const service = fc
  .record({
    every,
    name: secretName,
    rules: fc.subarray([
      serviceDown(),
      metricRule('queue', 'QueueWaitSeconds', 60),
      metricRule('queue-slow', 'QueueWaitSeconds', 300),
      metricRule('fast', 'FastSeconds', 30),
    ]),
  })
  .map(({ every: interval, name, rules }) => ({
    url: 'https://m.example.com',
    checks: [health({ every: interval, ...auth(name) })],
    rules: rules.length > 0 ? rules : [serviceDown()],
  }));

const many = <T>(part: fc.Arbitrary<T>, prefix: string) =>
  fc
    .array(part, { maxLength: 4 })
    .map((parts) => Object.fromEntries(parts.map((each, i) => [`${prefix}${i}`, each] as const)));

/** Deployments whose targets share checks, secrets and metrics, or do not. */
const anyDocument: fc.Arbitrary<MonitoringDocument> = fc
  .record({
    services: many(service, 't'),
    batchJobs: many(
      fc.boolean().map((isMissed) => ({ rules: [batchFailed(), ...(isMissed ? [batchMissing()] : [])] })),
      't',
    ),
    volumes: many(
      fc.constantFrom('/data', '/tmp').map((path) => ({
        source: cloudwatchAgent({ instanceId: 'i-0123456789abcdef0', path }),
        rules: [diskSpaceLow({ belowGigabytes: 5 })],
      })),
      'v',
    ),
  })
  .filter(({ services, batchJobs }) => Object.keys(services).length + Object.keys(batchJobs).length > 0)
  .map((targets) =>
    parseDefinition(
      {
        name: 'shop',
        operators: ['a@example.com'],
        channels: { alerts: slack({ webhook: secret('secretsmanager:slack') }) },
        routes: { critical: ['alerts'], high: ['alerts'], medium: ['alerts'], info: ['alerts'] },
        metrics: {
          QueueWaitSeconds: { unit: 'Seconds', definition: 'd', calculation: 'c' },
          FastSeconds: { unit: 'Seconds', definition: 'd', calculation: 'c', every: '10 seconds' },
        },
        ...targets,
      } satisfies Definition,
      { world: 'laptop' },
    ),
  );

const usdOf = (document: MonitoringDocument) => billOf(document).usd;

describe('what a part adds', () => {
  it('is the difference of the bills with and without it, for each target', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const added = new Map(marginalTargets(document).map(({ name, usd }) => [name, usd]));
        for (const target of document.targets) {
          const without = { ...document, targets: document.targets.filter((other) => other !== target) };
          expect(added.get(`${target.kind} ${target.name}`)).toBeCloseTo(usdOf(document) - usdOf(without), 8);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is the difference of the bills with and without it, for each rule', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const smaller = document.targets.flatMap((target) =>
          target.rules.map((one) => {
            const bereft = { ...target, rules: target.rules.filter((other) => other !== one) };
            const targets = document.targets.map((other) => (other === target ? bereft : other));
            return usdOf(document) - usdOf({ ...document, targets });
          }),
        );
        const added = marginalRules(document).map(({ usd }) => usd);
        for (const [i, usd] of smaller.sort((a, b) => b - a).entries()) expect(added[i]).toBeCloseTo(usd, 8);
      }),
      { numRuns: 40 },
    );
  });

  it('computes as many bills for 1,000 targets with the same checks as for ten', () => {
    const billsFor = (count: number): number => {
      const services = Object.fromEntries(
        Array.from({ length: count }, (_, i) => [
          `s${i}`,
          {
            url: 'https://m.example.com',
            checks: [health({ every: i % 2 ? '1 minute' : '5 minutes' })],
            rules: [serviceDown()],
          },
        ]),
      );
      const document = parseDefinition(
        {
          name: 'shop',
          operators: ['a@example.com'],
          channels: { alerts: slack({ webhook: secret('slack') }) },
          routes: { critical: ['alerts'] },
          services,
        },
        { world: 'aws' },
      );
      // A bill asks once for what the config assumes.
      let asked = 0;
      const cost = {
        ...defaultCostSettings,
        get assume() {
          asked += 1;
          return defaultCostSettings.assume;
        },
      };
      marginalTargets({ ...document, cost });
      return asked;
    };
    expect([billsFor(10), billsFor(1000)]).toEqual([3, 3]);
  });
});
