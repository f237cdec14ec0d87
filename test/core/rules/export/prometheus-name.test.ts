import { describe, expect, it } from 'vitest';
import type { Unit } from '../../../../core/metrics/metric.ts';
import { metrics } from '../../../../core/metrics/registry.ts';
import { sayPromDuration } from '../../../../core/rules/export/prom-duration.ts';
import { alertName, labelName, prometheusName } from '../../../../core/rules/export/prometheus-name.ts';

describe('the name of a metric in Prometheus', () => {
  it.each<[string, string, Unit, string]>([
    ['is in snake case, after the product', 'ServiceUp', 'None', 'tocsin_service_up'],
    ['ends with its unit', 'Latency', 'Seconds', 'tocsin_latency_seconds'],
    ['does not say its unit twice', 'ResponseSeconds', 'Seconds', 'tocsin_response_seconds'],
    ['says the unit as it is, since values are not converted', 'FreeGigabytes', 'Gigabytes', 'tocsin_free_gigabytes'],
    [
      'has no suffix for a count, since _total is for counters',
      'HoursSinceLastRun',
      'Count',
      'tocsin_hours_since_last_run',
    ],
    ['keeps letters that belong together', 'HTTPErrorPercent', 'Percent', 'tocsin_http_error_percent'],
    ['keeps a number with its letter', 'P99Latency', 'Seconds', 'tocsin_p99_latency_seconds'],
    [
      'has underscores for what Prometheus does not take',
      'gpu.memory-used',
      'Percent',
      'tocsin_gpu_memory_used_percent',
    ],
  ])('%s: %s', (_, name, unit, becomes) => {
    expect(prometheusName({ name, unit })).toBe(becomes);
  });

  it('is one that Prometheus takes, and no other metric has it', () => {
    const names = metrics.map(prometheusName);
    expect(names.filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(metrics.length);
  });
});

it.each([
  ['Service', 'service'],
  ['BatchJob', 'batch_job'],
])('the dimension %s is the label %s', (dimension, label) => {
  expect(labelName(dimension)).toBe(label);
});

it.each([
  ['service-down', 'ServiceDown'],
  ['p99-high', 'P99High'],
  ['5xx-any', 'Rule5xxAny'],
])('the rule %s is the alert %s', (rule, alert) => {
  expect(alertName(rule)).toBe(alert);
});

it.each([
  [0, '0s'],
  [59_999, '59s999ms'],
  [60_000, '1m'],
  [299_999, '4m59s999ms'],
  [93_600_000, '1d2h'],
])('%d milliseconds are %s', (length, said) => {
  expect(sayPromDuration(length)).toBe(said);
});
