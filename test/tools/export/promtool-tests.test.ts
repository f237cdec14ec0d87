import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { writeYaml } from '../../../cli/write-yaml.ts';
import type { MetricRuleOptions } from '../../../core/rules/rule.ts';
import { health, rule, serviceDown } from '../../../index.ts';
import { promtoolTests } from '../../../tools/export/promtool-tests.ts';
import { ruleTestFile } from '../../../tools/rule-tests/rule-test.ts';
import { aDocument } from '../../support/a-document.ts';

const exported = (
  series: string,
  expectations: object[],
  options: MetricRuleOptions = {},
  rule = 'classifier/service-down',
) => {
  const services = {
    classifier: {
      url: 'https://c.example.com',
      checks: [health({ every: '1 minute' })],
      rules: [serviceDown(options)],
    },
  };
  const file = ruleTestFile.parse({ tests: [{ name: 'a test', rule, series, expect: expectations }] });
  const { files, unknown } = promtoolTests(aDocument({ services }), [file], 'rules.yml');
  return { files, unknown, text: files.map(({ content }) => writeYaml(content)).join('') };
};

describe('a rule test whose values differ in Prometheus', () => {
  const requests = (metric: string, statistic: string) =>
    rule({
      id: metric.toLowerCase(),
      tier: 'high',
      metric,
      statistic: statistic as 'Sum',
      comparison: 'above',
      threshold: 5,
      for: '3 minutes',
      missingData: 'missing',
      summary: 's',
      description: 'd',
      runbook: 'r',
    });

  it.each([
    ['of a histogram is left out and listed', 15, ['classifier/requestseconds']],
    [
      'of a counter is left out too if its increase is a mean',
      60,
      ['classifier/requestseconds', 'classifier/requests'],
    ],
  ])('%s', (_, scrapeSeconds, leftOut) => {
    const rules = [serviceDown(), requests('RequestSeconds', 'p95'), requests('Requests', 'Sum')];
    const services = {
      classifier: { url: 'https://c.example.com', checks: [health({ every: '1 minute' })], rules },
    };
    const tests = rules.map(({ id }) => ({
      name: 'a test',
      rule: `classifier/${id}`,
      series: '1x9',
      expect: [{ at: '8 minutes', state: 'OK' }],
    }));
    const { files } = promtoolTests(aDocument({ services }), [ruleTestFile.parse({ tests })], 'rules.yml', {
      scrapeSeconds,
    });
    const text = writeYaml(files[0]!.content);
    const listed = leftOut.map((name) => `#   ${name}: a test`);
    expect(text.match(/^# {3}.*$/gm)).toEqual(listed);
    expect(parse(text).tests).toHaveLength(tests.length - leftOut.length);
  });
});

describe('a rule test as a unit test of promtool', () => {
  it('has the same series, and evaluates a minute earlier', () => {
    const { text } = exported('1x4 0x2 _ 1', [{ at: '8 minutes', state: 'ALARM' }]);
    expect(parse(text)).toEqual({
      rule_files: ['rules.yml'],
      evaluation_interval: '1m',
      tests: [
        {
          name: 'classifier/service-down: a test',
          interval: '1m',
          input_series: [{ series: 'tocsin_service_up{service="classifier"}', values: '1 1 1 1 1 0 0 0 _ 1' }],
          promql_expr_test: [
            {
              expr: 'count(ALERTS{alarm="shop/prod/service/classifier/service-down",alertstate="firing"}) or vector(0)',
              eval_time: '7m',
              exp_samples: [{ labels: '{}', value: 1 }],
            },
          ],
        },
      ],
    });
  });

  const expectedBy = (text: string) => parse(text).tests[0].promql_expr_test[0].exp_samples[0].value;

  it.each<[string, string, object, MetricRuleOptions, number, string]>([
    [
      'over a gap, with the reason',
      '1x4 0x3 _x9',
      { at: '12 minutes', state: 'ALARM' },
      {},
      0,
      '# In CloudWatch the state is ALARM. ',
    ],
    [
      'while an alert keeps firing, with a comment',
      '1x4 0x2 1x9',
      { at: '10 minutes', state: 'OK' },
      { keepFiringFor: '5 minutes' },
      1,
      '# In CloudWatch the state is OK. Prometheus keeps the alert firing',
    ],
    ['and of the alarm, if both agree', '1x4 0x2 1x9', { at: '10 minutes', state: 'OK' }, {}, 0, 'eval_time: 9m'],
  ])('expects the result of Prometheus %s', (_, series, expectation, options, value, says) => {
    const { text } = exported(series, [expectation], options);
    expect(expectedBy(text)).toBe(value);
    expect(text).toContain(says);
  });

  it('has no expectation before the first evaluation, nor of notifications', () => {
    const { text } = exported('1x4', [
      { at: '30 seconds', state: 'INSUFFICIENT_DATA' },
      { at: '2 minutes', notified: [] },
    ]);
    expect(parse(text).tests[0].promql_expr_test).toEqual([]);
  });

  it('is a file for each interval at which CloudWatch evaluates', () => {
    const { files } = exported('1x4', [{ at: '2 minutes', state: 'OK' }], { for: '2 days', period: '1 hour' });
    expect(files.map(({ name }) => name)).toEqual(['tocsin.1h.test.yml']);
  });

  it('returns the tests of unknown rules', () => {
    expect(exported('1', [{ at: '2 minutes', state: 'OK' }], {}, 'classifier/no-such').unknown).toEqual([
      'classifier/no-such',
    ]);
  });
});
