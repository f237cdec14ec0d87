import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { CloudwatchMetricArchive } from '../../adapters/cloudwatch-metric-archive.ts';
import { archivePeriod } from '../../core/metrics/metric-archive.ts';
import { AwsStandIn } from '../support/aws-stand-in.ts';
import { collect } from '../support/collect.ts';

const aws = new AwsStandIn();
const from = Date.parse('2026-11-01T00:00:00Z');
const query = {
  namespace: 'Tocsin/shop/prod',
  metric: 'ResponseSeconds',
  dimensions: { Service: 'classifier' },
  statistic: 'p99',
  periodSeconds: 60,
  from,
  to: from + 300_000,
};
const ask = () => collect(new CloudwatchMetricArchive(new CloudWatchClient(aws.config)).points(query));
const result = (minutes: number[], more: object = {}) => ({
  Id: 'm',
  Timestamps: minutes.map((minute) => from / 1000 + minute * 60),
  Values: minutes,
  StatusCode: 'Complete',
  ...more,
});

describe("CloudWatch's archive of a metric", () => {
  it('is asked for one statistic of one metric, oldest first, and read page by page', async () => {
    aws.answer = ({ input }) =>
      input['NextToken'] === 'two'
        ? { json: { MetricDataResults: [result([3])] } }
        : { json: { MetricDataResults: [result([0, 1], { StatusCode: 'PartialData' })], NextToken: 'two' } };
    expect(await ask()).toEqual([0, 1, 3].map((minute) => ({ at: from + minute * 60_000, value: minute })));
    expect(aws.requests[0]).toMatchObject({
      action: 'GetMetricData',
      input: {
        StartTime: from / 1000,
        EndTime: from / 1000 + 300,
        ScanBy: 'TimestampAscending',
        MetricDataQueries: [
          {
            MetricStat: {
              Metric: {
                Namespace: 'Tocsin/shop/prod',
                MetricName: 'ResponseSeconds',
                Dimensions: [{ Name: 'Service', Value: 'classifier' }],
              },
              Period: 60,
              Stat: 'p99',
            },
          },
        ],
      },
    });
  });

  it('has nothing where nothing was published', async () => {
    aws.answer = () => ({ json: { MetricDataResults: [result([])] } });
    expect(await ask()).toEqual([]);
  });

  it.each([
    [
      'Forbidden',
      { json: { MetricDataResults: [result([], { StatusCode: 'Forbidden' })], Messages: [{ Value: 'no' }] } },
    ],
    ['AccessDenied', { error: 'AccessDenied', message: 'AccessDenied: not you', status: 403 }],
  ])('fails when CloudWatch answers %s', async (says, answer) => {
    aws.answer = () => answer;
    await expect(ask()).rejects.toThrow(says);
  });
});

describe('how fine the archive is', () => {
  it.each([
    ['fourteen days by the minute', 14, 60, { periodSeconds: 60 }],
    ['a month by five minutes, for datapoints of ten', 30, 600, { periodSeconds: 300 }],
    ['a year by the hour', 365, 7200, { periodSeconds: 3600 }],
    ['a month, but datapoints of a minute', 30, 60, { mostDays: 15 }],
    ['high resolution lasts three hours', 0.1, 10, { periodSeconds: 10 }],
    ['and no longer', 1, 10, { mostDays: 0.125 }],
    ['two years are gone', 730, 3600, { mostDays: 455 }],
  ])('%s', (_, days, alarmPeriodSeconds, expected) => {
    expect(archivePeriod(days, alarmPeriodSeconds)).toEqual(expected);
  });
});
