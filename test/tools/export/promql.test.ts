import { describe, expect, it } from 'vitest';
import { promCondition, type Watched } from '../../../tools/export/promql.ts';

// That these mean what our alarms mean is for promtool to say: test/prometheus/comparison.acceptance.ts.

const watched = (of: Partial<Watched> = {}): Watched => ({
  series: 'm',
  type: 'gauge',
  scrapeSeconds: 15,
  labels: { service: 'a' },
  keepFiringSeconds: 0,
  everySeconds: 20,
  statistic: 'Maximum',
  comparison: 'above',
  threshold: 5,
  periodSeconds: 60,
  evaluationPeriods: 3,
  datapointsToAlarm: 3,
  missingData: 'missing',
  ...of,
});

describe('the statistic of a period', () => {
  it.each([
    ['Maximum', 'max by (service) (max_over_time(m{service="a"}[59s999ms])) > 5'],
    ['Minimum', 'min by (service) (min_over_time(m{service="a"}[59s999ms])) > 5'],
    ['Sum', 'sum by (service) (sum_over_time(m{service="a"}[59s999ms])) > 5'],
    ['SampleCount', 'sum by (service) (count_over_time(m{service="a"}[59s999ms])) > 5'],
    ['p99', 'max by (service) (quantile_over_time(0.99, m{service="a"}[59s999ms])) > 5'],
    ['p99.9', 'max by (service) (quantile_over_time(0.999, m{service="a"}[59s999ms])) > 5'],
    [
      'Average',
      'sum by (service) (sum_over_time(m{service="a"}[59s999ms])) / sum by (service) (count_over_time(m{service="a"}[59s999ms])) > 5',
    ],
  ])('%s', (statistic, expr) => {
    expect(promCondition(watched({ statistic }))).toEqual({ expr, forSeconds: 120 });
  });
});

describe('how long a condition must hold', () => {
  it.each<[string, Partial<Watched>, number]>([
    ['a single period needs no "for"', { evaluationPeriods: 1, datapointsToAlarm: 1 }, 0],
    ['N periods need "for" of N − 1', {}, 120],
    ['also if a period is longer and has one value', { periodSeconds: 300, everySeconds: 300 }, 600],
    [
      'also past a day, where CloudWatch evaluates hourly',
      { periodSeconds: 3600, evaluationPeriods: 25, datapointsToAlarm: 25 },
      86_400,
    ],
  ])('%s', (_, of, forSeconds) => {
    const condition = promCondition(watched(of));
    expect(condition.forSeconds).toBe(forSeconds);
    expect(condition.expr).not.toContain('count by');
  });

  it.each<[string, Partial<Watched>]>([
    ['M of N periods are counted', { datapointsToAlarm: 2 }],
    [
      'a long period of many values is, too: it slides, and `for` would ask for each minute in between',
      { periodSeconds: 300 },
    ],
    ['N periods are counted with keep_firing_for, because one breach would extend it', { keepFiringSeconds: 600 }],
    [
      'N periods are counted if the number of values per period is not known',
      { periodSeconds: 300, everySeconds: undefined },
    ],
  ])('%s', (_, of) => {
    const { expr, forSeconds } = promCondition(watched(of));
    expect(forSeconds).toBe(0);
    expect(expr.match(/label_replace/g)).toHaveLength(3);
    expect(expr).toMatch(new RegExp(`>= ${of.datapointsToAlarm ?? 3}$`));
  });

  it('the counted periods are adjacent', () => {
    expect(promCondition(watched({ datapointsToAlarm: 1, evaluationPeriods: 2 })).expr).toBe(
      [
        'count by (service) (',
        '  label_replace(max by (service) (max_over_time(m{service="a"}[59s999ms])) > 5, "period", "0", "", "")',
        '  or label_replace(max by (service) (max_over_time(m{service="a"}[59s999ms] offset 1m)) > 5, "period", "1", "", "")',
        ') >= 1',
      ].join('\n'),
    );
  });
});

describe('a counter', () => {
  it.each([
    ['Sum', 'sum by (service) (increase(m{service="a"}[1m])) > 5'],
    ['Maximum', 'max by (service) (max_over_time(increase(m{service="a"}[1m])[59s999ms:1m])) > 5'],
  ])('is read by what it gained: %s', (statistic, expr) => {
    expect(promCondition(watched({ statistic, type: 'counter' })).expr).toBe(expr);
  });
});

it('a series with several labels is selected by all of them', () => {
  const labels = { cpu: 'cpu-total', instance_id: 'i-1' };
  expect(promCondition(watched({ labels })).expr).toBe(
    'max by (cpu, instance_id) (max_over_time(m{cpu="cpu-total",instance_id="i-1"}[59s999ms])) > 5',
  );
});

it('if missing data is breaching, a period without a value breaches', () => {
  expect(promCondition(watched({ missingData: 'breaching' })).expr).toBe(
    'max by (service) (max_over_time(m{service="a"}[59s999ms])) > 5\nor absent_over_time(m{service="a"}[59s999ms])',
  );
});

describe('a period with one value is its newest sample for every statistic', () => {
  it.each([
    ['Maximum', 'max by (service) (last_over_time(m{service="a"}[59s999ms])) > 5'],
    ['Minimum', 'min by (service) (last_over_time(m{service="a"}[59s999ms])) > 5'],
    ['Average', 'avg by (service) (last_over_time(m{service="a"}[59s999ms])) > 5'],
    ['Sum', 'sum by (service) (last_over_time(m{service="a"}[59s999ms])) > 5'],
    ['SampleCount', 'count by (service) (last_over_time(m{service="a"}[59s999ms])) > 5'],
    ['p99', 'max by (service) (last_over_time(m{service="a"}[59s999ms])) > 5'],
  ])('%s', (statistic, expr) => {
    expect(promCondition(watched({ statistic, everySeconds: 60 })).expr).toBe(expr);
  });
});

describe('the scrape interval', () => {
  it.each<[string, Partial<Watched>, string]>([
    [
      'a gauge whose period has several scrapes is read over the period',
      { scrapeSeconds: 30 },
      'max by (service) (max_over_time(m{service="a"}[59s999ms])) > 5',
    ],
    [
      'a gauge whose period is a scrape stands for two, so that `for` outlives a late one',
      { scrapeSeconds: 60 },
      'max by (service) (last_over_time(m{service="a"}[1m59s999ms])) > 5',
    ],
    [
      'so does one whose period would now and then hold no sample',
      { scrapeSeconds: 45 },
      'max by (service) (last_over_time(m{service="a"}[1m29s999ms])) > 5',
    ],
    [
      'no value is missing before two scrapes have failed',
      { scrapeSeconds: 60, missingData: 'breaching' },
      'max by (service) (last_over_time(m{service="a"}[1m59s999ms])) > 5\nor absent_over_time(m{service="a"}[1m59s999ms])',
    ],
    [
      'a counter with four scrapes a period is read over the period',
      { type: 'counter', statistic: 'Sum' },
      'sum by (service) (increase(m{service="a"}[1m])) > 5',
    ],
    [
      'a counter with two of them falls back to four scrapes when one is late',
      { type: 'counter', statistic: 'Sum', scrapeSeconds: 30 },
      'sum by (service) (increase(m{service="a"}[1m]) or increase(m{service="a"}[2m]) * 60 / 120) > 5',
    ],
    [
      'a counter with one of them is read over two, in proportion',
      { type: 'counter', statistic: 'Sum', scrapeSeconds: 60 },
      'sum by (service) (increase(m{service="a"}[2m]) * 60 / 120 or increase(m{service="a"}[4m]) * 60 / 240) > 5',
    ],
    [
      'also minute by minute',
      { type: 'counter', scrapeSeconds: 30 },
      'max by (service) (max_over_time((increase(m{service="a"}[1m]) or increase(m{service="a"}[2m]) * 60 / 120)[59s999ms:1m])) > 5',
    ],
  ])('%s', (_, of, expr) => {
    expect(promCondition(watched(of)).expr).toBe(expr);
  });
});

describe('a histogram', () => {
  const added = (suffix: string) => `increase(m${suffix}{service="a"}[1m])`;
  it.each([
    ['p95', `histogram_quantile(0.95, sum by (service, le) (${added('_bucket')})) > 5`],
    ['Maximum', `histogram_quantile(1, sum by (service, le) (${added('_bucket')})) > 5`],
    ['Average', `sum by (service) (${added('_sum')}) / sum by (service) (${added('_count')}) > 5`],
    ['Sum', `sum by (service) (${added('_sum')}) > 5`],
    ['SampleCount', `sum by (service) (${added('_count')}) > 0 > 5`],
  ])('is read by what a period added to it: %s', (statistic, expr) => {
    expect(promCondition(watched({ statistic, type: 'histogram' })).expr).toBe(expr);
  });

  it('has no value in a period without events', () => {
    expect(promCondition(watched({ statistic: 'p95', type: 'histogram', missingData: 'breaching' })).expr).toContain(
      [
        'or absent_over_time(m_count{service="a"}[59s999ms])',
        'or sum by (service) (increase(m_count{service="a"}[1m])) == 0',
      ].join('\n'),
    );
  });
});
