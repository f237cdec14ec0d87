import type { Point } from '../alarms/datapoint.ts';

/** A statistic of a metric over a past time, in periods of the archive's choice or coarser. */
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

/** Reads what CloudWatch keeps of a metric. */
export interface MetricArchive {
  /** One point a period that has values, stamped with its start, oldest first. */
  points(query: ArchiveQuery): AsyncIterable<Point>;
}

/** How long CloudWatch keeps points of a period, the finest first, in days. */
const kept = [
  { periodSeconds: 10, days: 3 / 24 },
  { periodSeconds: 60, days: 15 },
  { periodSeconds: 300, days: 63 },
  { periodSeconds: 3600, days: 455 },
] as const;

/**
 * The finest points that reach back so many days and still make whole datapoints of an alarm.
 * @returns their period; or how many days there are at most, when an alarm's datapoints are finer than what is kept
 */
export function archivePeriod(
  days: number,
  alarmPeriodSeconds: number,
): { periodSeconds: number } | { mostDays: number } {
  const fits = kept.filter(({ periodSeconds }) => alarmPeriodSeconds % periodSeconds === 0);
  // Points of ten seconds exist for high-resolution metrics alone.
  const wanted = alarmPeriodSeconds < 60 ? fits : fits.filter(({ periodSeconds }) => periodSeconds >= 60);
  const found = wanted.find((one) => one.days >= days);
  return found ? { periodSeconds: found.periodSeconds } : { mostDays: wanted.at(-1)!.days };
}
