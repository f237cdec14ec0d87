import type { Point } from '../core/alarms/datapoint.ts';
import type { Datum, MetricSink } from '../core/metrics/metric.ts';
import type { MetricSeries } from '../core/metrics/metric-series.ts';
import type { DynamodbTable } from './dynamodb-table.ts';

const seriesKey = (metric: string, dimensions: Readonly<Record<string, string>>) =>
  `POINT#${metric}#${Object.entries(dimensions)
    .map((pair) => pair.join('='))
    .sort()
    .join(',')}`;

/** Points of metrics as rows of the laptop's store, for as long as an alarm can evaluate them. */
export class DynamodbSeries implements MetricSink, MetricSeries {
  readonly #table: DynamodbTable;
  readonly #keepSeconds: number;

  /** @param keepSeconds the retention of a point, in seconds */
  constructor(table: DynamodbTable, keepSeconds: number) {
    this.#table = table;
    this.#keepSeconds = keepSeconds;
  }

  /** The time is the key: a point that is published again replaces the earlier one. */
  async publish(data: readonly Datum[]): Promise<void> {
    for (const { metric, dimensions, at, value } of data) {
      const expiresAt = Math.ceil(at / 1000) + this.#keepSeconds;
      await this.#table.put({ pk: seriesKey(metric, dimensions), sk: new Date(at).toISOString(), value, expiresAt });
    }
  }

  async points(
    metric: string,
    dimensions: Readonly<Record<string, string>>,
    from: number,
    to: number,
  ): Promise<Point[]> {
    const points: Point[] = [];
    const slice = {
      pk: seriesKey(metric, dimensions),
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
    };
    for await (const { sk, value } of this.#table.query(slice))
      points.push({ at: Date.parse(sk), value: value as number });
    return points.filter(({ at }) => at < to);
  }
}
