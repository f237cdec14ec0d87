import type { Point } from '../core/alarms/datapoint.ts';
import type { Datum, MetricSink } from '../core/metrics/metric.ts';
import type { MetricSeries } from '../core/metrics/metric-series.ts';

/**
 * Metrics in this process: for tests and the simulator. One value per series and time: a datum that is published again
 * replaces the earlier one, so that a repeated invocation changes neither a gauge nor a sum.
 */
export class MemoryMetricSeries implements MetricSink, MetricSeries {
  /** Points by series, the oldest first. */
  readonly #points = new Map<string, Point[]>();

  async publish(data: readonly Datum[]): Promise<void> {
    for (const datum of data) {
      const key = nameOf(datum);
      const points = this.#points.get(key) ?? [];
      this.#points.set(key, points);
      const place = firstFrom(points, datum.at);
      points.splice(place, points[place]?.at === datum.at ? 1 : 0, { at: datum.at, value: datum.value });
    }
  }

  /** The points of a series in `[from, to)`, oldest first. */
  async points(metric: string, dimensions: Datum['dimensions'], from: number, to: number): Promise<Point[]> {
    const points = this.#points.get(nameOf({ metric, dimensions })) ?? [];
    return points.slice(firstFrom(points, from), firstFrom(points, to)).map((point) => ({ ...point }));
  }
}

const nameOf = ({ metric, dimensions }: Pick<Datum, 'metric' | 'dimensions'>) =>
  JSON.stringify([metric, Object.entries(dimensions).sort()]);

/** The index of the first point that is not before a given time. */
function firstFrom(points: readonly Point[], at: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle]!.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
