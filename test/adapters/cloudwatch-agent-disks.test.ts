import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { CloudwatchAgentDisks } from '../../adapters/cloudwatch-agent-disks.ts';
import { AwsStandIn } from '../support/aws-stand-in.ts';

const aws = new AwsStandIn();
const now = Date.parse('2026-11-21T12:00:00Z');
const minute = (back: number) => (now - back * 60_000) / 1000;
const room = () =>
  new CloudwatchAgentDisks(new CloudWatchClient(aws.config)).room(
    { instanceId: 'i-1', path: '/data', namespace: 'CWAgent' },
    now,
  );

const series = (MetricName: string, device = 'nvme1n1') => ({
  Namespace: 'CWAgent',
  MetricName,
  Dimensions: Object.entries({ path: '/data', InstanceId: 'i-1', device, fstype: 'xfs' }).map(([Name, Value]) => ({
    Name,
    Value,
  })),
});

/** CloudWatch with these series, in pages of one, and these values by the metric's name, newest first. */
function given(listed: object[], values: Record<string, [back: number, value: number][]> = {}): void {
  aws.answer = ({ action, input }) => {
    if (action === 'ListMetrics') {
      const at = Number(input['NextToken'] ?? 0);
      return { json: { Metrics: listed.slice(at, at + 1), NextToken: listed[at + 1] && String(at + 1) } };
    }
    const queries = input['MetricDataQueries'] as { Id: string; MetricStat: { Metric: { MetricName: string } } }[];
    return {
      json: {
        MetricDataResults: queries.map(({ Id, MetricStat }) => ({
          Id,
          Timestamps: (values[MetricStat.Metric.MetricName] ?? []).map(([back]) => minute(back)),
          Values: (values[MetricStat.Metric.MetricName] ?? []).map(([, value]) => value),
        })),
      },
    };
  };
}

describe('CloudwatchAgentDisks', () => {
  it('finds the series by instance and path and reads its newest bytes', async () => {
    given([series('disk_used_percent'), series('disk_free'), series('disk_total')], {
      disk_free: [
        [1, 5e9],
        [2, 6e9],
      ],
      disk_total: [[1, 1e11]],
    });
    expect(await room()).toEqual({ freeBytes: 5e9, totalBytes: 1e11 });
    expect(aws.requests[0]).toEqual({
      action: 'ListMetrics',
      input: {
        Namespace: 'CWAgent',
        Dimensions: [
          { Name: 'InstanceId', Value: 'i-1' },
          { Name: 'path', Value: '/data' },
        ],
        RecentlyActive: 'PT3H',
      },
    });
    const asked = aws.requests.at(-1)?.input['MetricDataQueries'] as { MetricStat: { Metric: object } }[];
    expect(asked.map(({ MetricStat }) => MetricStat.Metric)).toEqual([series('disk_free'), series('disk_total')]);
  });

  it('takes both values from one moment, though one of them is newer', async () => {
    given([series('disk_free'), series('disk_total')], {
      disk_free: [
        [1, 1e9],
        [2, 6e9],
      ],
      disk_total: [
        [2, 1e11],
        [3, 9e10],
      ],
    });
    expect(await room()).toEqual({ freeBytes: 6e9, totalBytes: 1e11 });
  });

  it.each([
    [
      'nothing at all',
      [],
      {},
      /no series of disk_free matches InstanceId=i-1, path=\/data in CWAgent; found: none\. .*"measurement": \["free", "total"\]/,
    ],
    [
      "only the share, as the agent's wizard proposes",
      [series('disk_used_percent')],
      {},
      /no series of disk_free .*found: disk_used_percent\./,
    ],
    [
      'two devices',
      [series('disk_free'), series('disk_free', 'nvme2n1')],
      {},
      /2 series of disk_free match .*device=nvme1n1, fstype=xfs\} and \{.*device=nvme2n1/,
    ],
    [
      'a series that fell silent',
      [series('disk_free'), series('disk_total')],
      {},
      /no values in the last 15 minutes .*check that it is running/,
    ],
    [
      'values that never meet',
      [series('disk_free'), series('disk_total')],
      { disk_free: [[1, 1] as [number, number]], disk_total: [[2, 1] as [number, number]] },
      /no values in the last 15 minutes/,
    ],
  ])('says what it found instead of a number: %s', async (_, listed, values, says) => {
    given(listed, values);
    await expect(room()).rejects.toThrow(says);
  });
});
