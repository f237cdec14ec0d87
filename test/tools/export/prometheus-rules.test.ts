import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { writeYaml } from '../../../cli/write-yaml.ts';
import type { RuleInput } from '../../../core/rules/rule.ts';
import { health, serviceDown, slowResponses } from '../../../index.ts';
import { prometheusRules } from '../../../tools/export/prometheus-rules.ts';
import { aDocument } from '../../support/a-document.ts';

interface Group {
  name: string;
  interval: string;
  rules: { alert: string; labels: Record<string, string>; annotations: Record<string, string> }[];
}

const text = (...rules: RuleInput[]) =>
  writeYaml(prometheusRules(aDocument(rules.length > 0 ? { services: classifier(rules) } : {})));
const groupsOf = (...rules: RuleInput[]) => (parse(text(...rules)) as { groups: Group[] }).groups;
const firstRule = (rule: RuleInput) =>
  groupsOf(rule)
    .flatMap(({ rules }) => rules)
    .find(({ labels }) => labels['kind'] === 'service')!;

const classifier = (rules: RuleInput[]) => ({
  classifier: { url: 'https://c.example.com', checks: [health({ every: '10 seconds' })], rules },
});
const slow = (of: Partial<RuleInput> = {}) => ({ ...slowResponses({ aboveSeconds: 5 }), ...of }) as RuleInput;

describe('a rule file for Prometheus', () => {
  it('has each rule on a metric and the heartbeat of each check, grouped by how often CloudWatch evaluates', () => {
    const groups = groupsOf(serviceDown({ for: '30 seconds', period: '10 seconds' }), slow());
    expect(groups.map(({ name, interval, rules }) => [name, interval, rules.map(({ alert }) => alert)])).toEqual([
      ['shop-prod-10s', '10s', ['ServiceDown', 'CheckNotCompleted']],
      [
        'shop-prod-1m',
        '1m',
        ['SlowResponses', 'BatchMissing', 'DiskSpaceLow', 'CheckNotCompleted', 'CheckNotCompleted'],
      ],
    ]);
  });

  it('labels an alert with all that routes and silences need', () => {
    expect(firstRule(slow()).labels).toEqual({
      severity: 'high',
      deployment: 'shop',
      stage: 'prod',
      kind: 'service',
      target: 'classifier',
      rule: 'slow-responses',
      alarm: 'shop/prod/service/classifier/slow-responses',
    });
  });

  it.each<[string, Partial<RuleInput>, string]>([
    ['the value where the expression is the metric', {}, '{{ $value | printf "%.6g" }} s'],
    [
      'a query where the expression counts periods',
      { datapointsToAlarm: 2 },
      '{{ with query `sum by (service) (sum_over_time(tocsin_service_health_response_seconds{service="classifier"}[59s999ms])) / sum by (service) (count_over_time(tocsin_service_health_response_seconds{service="classifier"}[59s999ms]))` }}{{ . | first | value | printf "%.6g" }} s{{ else }}unknown{{ end }}',
    ],
  ])('has the value in its texts: %s', (_, of, value) => {
    expect(
      firstRule(slow({ description: '{{target}}: {{value}} over {{threshold}} for {{for}}', ...of } as RuleInput))
        .annotations['description'],
    ).toBe(`classifier: ${value} over 5 s for 5 min`);
  });

  it('escapes braces that are text', () => {
    expect(firstRule(slow({ actions: ['Look for {{ in the log.'] })).annotations['actions']).toBe(
      '- Look for {{ "{{" }} in the log.',
    );
  });

  it.each([
    ['event rules, which have no counterpart', 'shop/prod/batch/nightly/batch-failed (batch-run-failed)'],
    [
      'what may differ over gaps, for the missing-data policies of its rules',
      '#   early-alarm: CloudWatch alarms on fewer than M',
    ],
    [
      'on each rule, which differences may occur',
      '# May differ from CloudWatch if data is missing: older-breach, early-alarm.',
    ],
  ])('has comments: %s', (_, comment) => {
    expect(text()).toContain(comment);
  });

  it('notes on a Sum that a repeated sample counts again, if a period has several values', () => {
    const note = '# Sum is correct if each value is stored as one sample';
    expect(text(slow({ statistic: 'Sum', period: '1 minute' }))).toContain(note);
    expect(text(serviceDown({ for: '20 seconds', period: '10 seconds', statistic: 'Sum' }))).not.toContain(note);
  });

  const exportedWith = (scrapeSeconds: number, rules: RuleInput[], metrics = {}) =>
    writeYaml(prometheusRules(aDocument({ metrics, services: classifier(rules) }), { scrapeSeconds }));
  const onOwn = slow({ metric: 'Own', statistic: 'p95', period: '1 minute' });
  const own = { unit: 'Seconds', definition: 'd', calculation: 'c' };

  it('gives the scrape interval, and notes on each rule that is adjusted to it', () => {
    const minute = exportedWith(60, [slow({ period: '1 minute' })]);
    expect(minute).toContain(
      '# The scrape interval is 1 min. For another interval, export again with --scrape-interval.',
    );
    expect(minute).toContain('# Adjusted to the scrape interval: a value is valid for 2 min');
    expect(exportedWith(15, [slow({ period: '1 minute' })])).not.toContain('a value is valid for 2 min');
  });

  it.each<[string, object, string]>([
    ['a gauge is read by its name', { ...own }, '(own_seconds{'],
    [
      'the time of each request is a histogram',
      { ...own, calculation: 'One value a request.' },
      '(own_seconds_bucket{',
    ],
    ['so is what is declared as one', { ...own, prometheusType: 'histogram' }, '(own_seconds_bucket{'],
    [
      'so is the name of its buckets, said once',
      { ...own, prometheus: 'page_seconds_bucket' },
      '(page_seconds_bucket{',
    ],
    ['but not what is declared as a gauge', { ...own, perEvent: true, prometheusType: 'gauge' }, '(own_seconds{'],
    ['nor the share that each event has', { ...own, unit: 'Percent', perEvent: true }, '(own_percent{'],
    ['a name may be in CamelCase', { ...own, prometheus: 'queueWaitSeconds' }, '(queueWaitSeconds{'],
    ['or of a recording rule', { ...own, prometheus: 'job:queue_wait:mean5m' }, '(job:queue_wait:mean5m{'],
  ])('uses the type of the metric in Prometheus: %s', (_, metric, read) => {
    const rules = exportedWith(15, [onOwn], { Own: metric });
    expect(rules.replaceAll(/(?:increase|quantile_over_time|last_over_time)\((?:0\.95, )?/g, '(')).toContain(read);
  });
});
