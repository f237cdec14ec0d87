import { type CloudWatchClient, paginateGetMetricData } from '@aws-sdk/client-cloudwatch';
import type { Point } from '../core/alarms/datapoint.ts';
import type { ArchiveQuery, MetricArchive } from '../core/metrics/metric-archive.ts';

/** The most points that CloudWatch puts into one page. */
const pointsPerPage = 100_800;

/** What CloudWatch keeps of a metric, by `GetMetricData`, page by page. */
export class CloudwatchMetricArchive implements MetricArchive {
  readonly #client: CloudWatchClient;

  constructor(client: CloudWatchClient) {
    this.#client = client;
  }

  async *points(query: ArchiveQuery): AsyncGenerator<Point> {
    const dimensions = Object.entries(query.dimensions).map(([Name, Value]) => ({ Name, Value }));
    const pages = paginateGetMetricData(
      { client: this.#client },
      {
        StartTime: new Date(query.from),
        EndTime: new Date(query.to),
        ScanBy: 'TimestampAscending',
        MaxDatapoints: pointsPerPage,
        MetricDataQueries: [
          {
            Id: 'm',
            MetricStat: {
              Metric: { Namespace: query.namespace, MetricName: query.metric, Dimensions: dimensions },
              Period: query.periodSeconds,
              Stat: query.statistic,
            },
          },
        ],
      },
    );
    for await (const { MetricDataResults = [], Messages = [] } of pages) {
      for (const { Timestamps = [], Values = [], StatusCode } of MetricDataResults) {
        // The page before the last says PartialData; that more is to come is what the pages are for.
        if (StatusCode === 'InternalError' || StatusCode === 'Forbidden')
          throw new Error(`GetMetricData answers ${StatusCode}${Messages.map(({ Value }) => `: ${Value}`).join('')}`);
        for (const [i, moment] of Timestamps.entries()) yield { at: moment.getTime(), value: Values[i]! };
      }
    }
  }
}
