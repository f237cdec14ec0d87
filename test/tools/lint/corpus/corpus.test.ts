import { describe, expect, it } from 'vitest';
import { findMetric } from '../../../../catalog/metrics/catalogue.ts';
import * as builders from '../../../../catalog/rules/rules.ts';
import { lintCodes } from '../../../../core/rules/lint-codes.ts';
import { type RuleInput, rule as ruleSchema } from '../../../../core/rules/rule.ts';
import { lintRules } from '../../../../tools/lint/lint-rules.ts';
import { betterOf } from '../../../../tools/lint/metric-words.ts';
import { aDefinition, aDocument } from '../../../support/a-document.ts';
import { faultyLimits } from './faulty-limits.ts';
import { faultyWindows } from './faulty-windows.ts';
import { good } from './good.ts';
import { findingsOf } from './row.ts';

const faulty = [...faultyLimits, ...faultyWindows];

// Half of these rules are good, and the lint must not find anything in them.

describe('the lint finds nothing in', () => {
  it.each(good.map((row) => [row.sentence, row] as const))('%s', (_, row) => {
    expect(findingsOf(row)).toEqual([]);
  });
});

describe('the lint finds nothing in the rules of Tocsin', () => {
  const made = Object.values(builders)
    .flatMap((make) => (typeof make === 'function' ? [(make as (options: object) => unknown)({})] : []))
    .filter((one): one is RuleInput => ruleSchema.safeParse(one).success);
  const of = (kind: string) =>
    made.filter((rule) => (rule.type === 'event' ? kind === 'batch' : findMetric(rule.metric)?.of === kind));

  it('on one target of each kind', () => {
    const { services, volumes } = aDefinition();
    const document = aDocument({
      services: {
        shop: { ...services!['classifier']!, rules: of('service'), dimensions: { CWAgent: { InstanceId: 'i-0' } } },
      },
      batchJobs: { nightly: { schedule: '0 2 * * *', rules: of('batch') } },
      volumes: { results: { ...volumes!['results']!, rules: of('volume') } },
    });
    expect(made.length).toBeGreaterThan(30);
    expect(lintRules(document)).toEqual([]);
  });

  it('knows which values of their metrics are better', () => {
    const directions = made.flatMap((rule) =>
      rule.type === 'metric' ? [[rule.metric, rule.comparison, betterOf(findMetric(rule.metric)!)]] : [],
    );
    const wrong = directions.filter(([, is, better]) => better === (/below/i.test(is!) ? 'lower' : 'higher'));
    expect(wrong).toEqual([]);
  });
});

describe('the lint finds', () => {
  it.each(faulty.map((row) => [row.found.join(' and '), row.sentence, row] as const))('%s in: %s', (_, __, row) => {
    expect(findingsOf(row).sort()).toEqual([...row.found].sort());
  });
});

describe('the corpus', () => {
  it('has as many good rules as faulty ones, and over sixty in all', () => {
    expect(good.length).toBeGreaterThan(30);
    expect(good.length + faulty.length).toBeGreaterThan(60);
  });

  it('has a rule for every finding, except those of many targets and of files', () => {
    const found = new Set(faulty.flatMap((row) => row.found));
    expect(lintCodes.filter((code) => !found.has(code))).toEqual(['runbook-missing', 'expensive']);
  });
});
