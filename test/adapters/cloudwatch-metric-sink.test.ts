import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { CloudwatchMetricSink } from '../../adapters/cloudwatch-metric-sink.ts';
import type { Datum } from '../../core/metrics/metric.ts';
import { AwsStandIn } from '../support/aws-stand-in.ts';

const aws = new AwsStandIn();
const sink = () => new CloudwatchMetricSink(new CloudWatchClient(aws.config), 'Tocsin/shop/prod');
const at = Date.parse('2026-11-21T02:10:00Z');

const datum = (of: Partial<Datum> = {}): Datum => ({
  metric: 'ServiceUp',
  unit: 'None',
  dimensions: { Service: 'classifier' },
  at,
  value: 1,
  ...of,
});

interface Sent {
  MetricData: { MetricName: string; Values: number[] }[];
}
const sent = () => aws.requests.map(({ input }) => (input as unknown as Sent).MetricData);

describe('CloudwatchMetricSink', () => {
  it('publishes a value with its unit, dimensions and the scheduled moment', async () => {
    await sink().publish([datum({ metric: 'ResponseSeconds', unit: 'Seconds', value: 0.118 })]);
    expect(aws.requests).toEqual([
      {
        action: 'PutMetricData',
        input: {
          Namespace: 'Tocsin/shop/prod',
          MetricData: [
            {
              MetricName: 'ResponseSeconds',
              Unit: 'Seconds',
              Dimensions: [{ Name: 'Service', Value: 'classifier' }],
              Timestamp: at / 1000,
              Values: [0.118],
            },
          ],
        },
      },
    ]);
  });

  const many = (count: number, of: (n: number) => Partial<Datum>) =>
    Array.from({ length: count }, (_, n) => datum(of(n)));

  it.each([
    ['nothing sends nothing', [], []],
    ['1,000 series go in one request', many(1000, (n) => ({ dimensions: { Service: `s${n}` } })), [1000]],
    ['the 1,001st goes in another', many(1001, (n) => ({ dimensions: { Service: `s${n}` } })), [1000, 1]],
    ['150 values of one series at one moment are one metric', many(150, (n) => ({ value: n })), [1]],
    ['the 151st makes another', many(151, (n) => ({ value: n })), [2]],
    ['one series at two moments is two', many(2, (n) => ({ at: at + n * 60_000 })), [2]],
    [
      'a request stays under a megabyte',
      many(1000, (n) => ({ dimensions: { Service: `${n}${'s'.repeat(1000)}` } })),
      [expect.any(Number), expect.any(Number)],
    ],
  ])('%s', async (_, data, metricsInRequests) => {
    await sink().publish(data);
    expect(sent().map((metrics) => metrics.length)).toEqual(metricsInRequests);
    expect(
      sent()
        .flat()
        .flatMap((metric) => metric.Values),
    ).toHaveLength(data.length);
    for (const { input } of aws.requests) expect(JSON.stringify(input).length).toBeLessThan(1_000_000);
  });

  it('fails when CloudWatch refuses', async () => {
    aws.answer = () => ({ error: 'InvalidParameterValueException', message: 'The timestamp is too old' });
    await expect(sink().publish([datum()])).rejects.toThrow('The timestamp is too old');
  });
});
