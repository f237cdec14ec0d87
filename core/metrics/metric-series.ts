import type { Point } from '../alarms/datapoint.ts';

/** Reads back what was published: where there is no CloudWatch to evaluate alarms, we do. */
export interface MetricSeries {
  /** The points of one series in `[from, to)`, in any order. */
  points(
    metric: string,
    dimensions: Readonly<Record<string, string>>,
    from: number,
    to: number,
  ): Promise<readonly Point[]>;
}
