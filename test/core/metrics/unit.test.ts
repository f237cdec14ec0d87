import { StandardUnit } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { formatThreshold, formatValue, readingUnit } from '../../../core/metrics/format-value.ts';
import { metricFrom, ownMetric } from '../../../core/metrics/own-metric.ts';
import { prometheusNameProblem } from '../../../core/metrics/prometheus-name.ts';
import { type Unit, units } from '../../../core/metrics/unit.ts';

const own = (said: object) =>
  metricFrom('Reading', ownMetric.parse({ definition: 'd', calculation: 'c', unit: 'None', ...said }));

describe('the units of metrics', () => {
  it('are all units of CloudWatch', () => {
    expect([...units].sort()).toEqual(Object.values(StandardUnit).sort());
  });

  it.each(units)('%s gives a declared metric a valid Prometheus name', (unit) => {
    expect(prometheusNameProblem(own({ unit }))).toBeUndefined();
  });
});

describe('a value in a message', () => {
  it.each<[sentence: string, value: number, unit: Unit, says: string]>([
    ['whole numbers stay whole', 3600, 'Seconds', '3,600 s'],
    ['a time has three digits', 12.3456, 'Seconds', '12.3 s'],
    ['milliseconds, as Bedrock counts them', 1832.44, 'Milliseconds', '1,832 ms'],
    ['microseconds, as SageMaker counts them', 250_000, 'Microseconds', '250,000 µs'],
    ['a small value keeps its digits', 0.000_512_34, 'Seconds', '0.000512 s'],
    ['a tiny value is not zero', 0.000_000_001_2, 'None', '0.0000000012'],
    ['a share just below 100 % is not 100 %', 99.954, 'Percent', '99.954 %'],
    ['a share of errors', 0.5, 'Percent', '0.5 %'],
    ['a rate', 12.5, 'Bytes/Second', '12.5 B/s'],
    ['a count per second', 3, 'Count/Second', '3/s'],
    ['a drift score', 0.234_56, 'None', '0.235'],
    ['minus zero is zero', -0, 'Count', '0'],
    ['a negative value', -12.345, 'Percent', '-12.3 %'],
  ])('%s', (_, value, unit, says) => {
    expect(formatValue(value, unit)).toBe(says);
  });

  it.each<[sentence: string, value: number, limit: number, says: string]>([
    ['a value just above its threshold differs from it', 5.0004, 5, '5.0004 s'],
    ['a value just below it, too', 4.9996, 5, '4.9996 s'],
    ['a value equal to its threshold', 5, 5, '5 s'],
    ['a value far from its threshold has no additional digits', 7.123_456, 5, '7.12 s'],
  ])('%s', (_, value, limit, says) => {
    expect(formatValue(value, 'Seconds', limit)).toBe(says);
  });

  it.each<[limit: number, unit: Unit, says: string]>([
    [99.95, 'Percent', '99.95 %'],
    [0.0005, 'Seconds', '0.0005 s'],
    [0.1 + 0.2, 'Percent', '0.3 %'],
    [1234.5, 'Milliseconds', '1,234.5 ms'],
  ])('a threshold of %s %s keeps the digits of the config', (limit, unit, says) => {
    expect(formatThreshold(limit, unit)).toBe(says);
  });

  it('counts samples without a unit', () => {
    expect([readingUnit('Seconds', 'SampleCount'), readingUnit('Seconds', 'p99')]).toEqual(['Count', 'Seconds']);
  });
});

describe('a yes-or-no metric', () => {
  it('is declared, and has values between 0 and 1', () => {
    expect(own({ yesOrNo: true })).toMatchObject({ yesOrNo: true, range: { min: 0, max: 1 } });
  });

  it('is not inferred from a missing unit', () => {
    expect(own({}).yesOrNo).toBeUndefined();
  });
});
