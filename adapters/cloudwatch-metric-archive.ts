import { type CloudWatchClient, paginateGetMetricData } from '@aws-sdk/client-cloudwatch';
import type { Point } from '../core/alarms/datapoint.ts';
import type { ArchiveQuery, MetricArchive } from '../core/metrics/metric-archive.ts';

/** The maximum number of points in one page of CloudWatch. */
const pointsPerPage = 100_800;

/** The stored points of a metric in CloudWatch, by `GetMetricData`, page by page. */
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
        // PartialData is no error: it means that there are more pages.
        if (StatusCode === 'InternalError' || StatusCode === 'Forbidden')
          throw new Error(`GetMetricData returned ${StatusCode}${Messages.map(({ Value }) => `: ${Value}`).join('')}`);
        for (const [i, moment] of Timestamps.entries()) yield { at: moment.getTime(), value: Values[i]! };
      }
    }
  }
}
