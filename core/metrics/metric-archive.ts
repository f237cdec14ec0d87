import type { Point } from '../alarms/datapoint.ts';

/** A query for a statistic of a metric over a past time range. */
export interface ArchiveQuery {
  namespace: string;
  metric: string;
  dimensions: Readonly<Record<string, string>>;
  /** CloudWatch's name: `Maximum`, `p99`. */
  statistic: string;
  periodSeconds: number;
  /** Epoch milliseconds. */
  from: number;
  to: number;
}

/** Reads the stored datapoints of a metric. */
export interface MetricArchive {
  /** One point per period with values, at the start of the period, oldest first. */
  points(query: ArchiveQuery): AsyncIterable<Point>;
}

/** How long CloudWatch retains points, by period, in days; the shortest period first. */
const retention = [
  { periodSeconds: 10, days: 3 / 24 },
  { periodSeconds: 60, days: 15 },
  { periodSeconds: 300, days: 63 },
  { periodSeconds: 3600, days: 455 },
] as const;

/**
 * The shortest period whose points are retained for that many days and divide the period of an alarm.
 * @returns the period, or the maximum number of days if no such points are retained for that long
 */
export function archivePeriod(
  days: number,
  alarmPeriodSeconds: number,
): { periodSeconds: number } | { mostDays: number } {
  const fits = retention.filter(({ periodSeconds }) => alarmPeriodSeconds % periodSeconds === 0);
  // Points of ten seconds exist only for high-resolution metrics.
  const wanted = alarmPeriodSeconds < 60 ? fits : fits.filter(({ periodSeconds }) => periodSeconds >= 60);
  const found = wanted.find((one) => one.days >= days);
  return found ? { periodSeconds: found.periodSeconds } : { mostDays: wanted.at(-1)!.days };
}
