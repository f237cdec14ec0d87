import { expect, it } from 'vitest';
import { sayPromDuration } from '../../../tools/export/prom-duration.ts';
import { alertName, labelName } from '../../../tools/export/prometheus-words.ts';

it.each([
  ['Service', 'service'],
  ['BatchJob', 'batch_job'],
  ['InstanceId', 'instance_id'],
  ['cpu', 'cpu'],
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
