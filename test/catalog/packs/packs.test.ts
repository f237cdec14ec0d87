import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../../catalog/parse-definition.ts';
import { readRuleTests } from '../../../cli/commands/rules.ts';
import type { RuleInput } from '../../../core/rules/rule.ts';
import { scenarioPack, tieredPack } from '../../../index.ts';
import packs from '../../../rule-tests/packs/packs.config.ts';
import { lintRules } from '../../../tools/lint/lint-rules.ts';
import { runRuleTest } from '../../../tools/rule-tests/run-rule-test.ts';

const folder = 'rule-tests/packs';
const document = parseDefinition(packs, { world: 'aws' });
const tests = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) => readRuleTests(`${folder}/${file}`).tests);
const rules = document.targets.flatMap((target) =>
  target.rules.map((rule) => ({ name: `${target.name}/${rule.id}`, rule })),
);
const ids = (list: readonly RuleInput[]) => list.map(({ id }) => id);

describe('every pack rule', () => {
  it.each(tests.map((test) => [test.rule, test] as const))('%s behaves as in its test', (_, test) => {
    expect(runRuleTest(document, test, test.interval ?? 60)).toEqual({ passed: true });
  });

  it('has a test', () => {
    const tested = new Set(tests.map(({ rule }) => rule));
    expect(rules.filter(({ name }) => !tested.has(name))).toEqual([]);
    expect(tests.length).toBeGreaterThan(50);
  });

  it('passes the lint', () => {
    expect(lintRules(document)).toEqual([]);
  });
});

describe('the tiered pack', () => {
  it('has four rules in each of three tiers', () => {
    const twelve = [...tieredPack.service(), ...tieredPack.training(), ...tieredPack.dataset()];
    expect(twelve).toHaveLength(12);
    for (const tier of ['critical', 'high', 'medium'])
      expect(ids(twelve.filter((rule) => rule.tier === tier)), tier).toHaveLength(4);
  });

  it('has the six alerts that are listed with the metrics', () => {
    expect(ids([...tieredPack.more(), ...tieredPack.moreDataset()])).toEqual([
      'calibration-off',
      'throughput-dropped',
      'feature-usage-dropped',
      'server-errors',
      'deployment-failed',
      'collection-dropped',
    ]);
  });

  it('lets the more severe of two rules on one metric inhibit the other', () => {
    const inhibited = tieredPack
      .service()
      .flatMap((rule) => (rule.type === 'metric' ? (rule.inhibits ?? []).map((other) => [rule.id, other]) : []));
    expect(inhibited).toEqual([
      ['accuracy-dropped', 'accuracy-degrading'],
      ['error-rate-high', 'error-rate-rising'],
      ['inference-latency-spike', 'inference-latency-elevated'],
    ]);
  });
});

describe('the settings of a user for a pack', () => {
  const find = (list: readonly RuleInput[], id: string) => list.find((rule) => rule.id === id);

  it('override the guide and keep the other values', () => {
    const service = tieredPack.service({ errorRateHigh: { abovePercent: 3, for: '4 minutes', owner: 'team-a' } });
    expect(find(service, 'error-rate-high')).toMatchObject({
      threshold: 3,
      for: '4 minutes',
      owner: 'team-a',
      tier: 'critical',
      inhibits: ['error-rate-rising'],
    });
    expect(service.length).toBe(tieredPack.service().length);
  });

  it('can omit a rule, which is then removed from inhibits', () => {
    const service = tieredPack.service({ accuracyDegrading: false });
    expect(ids(service)).not.toContain('accuracy-degrading');
    expect(find(service, 'accuracy-dropped')).toMatchObject({ inhibits: [] });
  });

  it('apply to one rule only: the batch scenarios stay event rules', () => {
    expect(find(scenarioPack.batch(), 'batch-failed')).toMatchObject({ type: 'event', event: 'batch-run-failed' });
    expect(find(scenarioPack.batch(), 'batch-succeeded')).toMatchObject({ type: 'event', tier: 'info' });
  });
});
