import type { Point } from '../alarms/datapoint.ts';

/** Reads published values, for the evaluation of alarms without CloudWatch. */
export interface MetricSeries {
  /** The points of one series in `[from, to)`, in any order. */
  points(
    metric: string,
    dimensions: Readonly<Record<string, string>>,
    from: number,
    to: number,
  ): Promise<readonly Point[]>;
}
