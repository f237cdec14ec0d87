import { nightOf } from '../../core/time/night.ts';
import type { Alert } from './alerts.ts';

/** A time that people know to have been bad; epoch milliseconds. */
export interface Outage {
  from: number;
  to: number;
  label?: string;
}

/** How well a rule would have done. Lengths are in seconds. */
export interface Score {
  alerts: number;
  /** From opened to resolved, all alerts together. */
  totalSeconds: number;
  medianSeconds?: number;
  /** Alerts that open again soon after the one before ended. */
  flaps: number;
  /** Nights, from 22:00 to 07:00, in which at least one alert opened. */
  nights: number;
  /** Where outages are known. */
  outages?: {
    known: number;
    /** Outages during which no alert was open. */
    missed: number;
    /** From the start of an outage to its alert, over those that had one; 0 where one was open already. */
    medianSecondsToDetect?: number;
    longestSecondsToDetect?: number;
    /** Alerts that belong to no outage. */
    falseAlarms: number;
  };
}

export interface Yardstick {
  timeZone: string;
  /** An alert that opens within this time of the end of the one before is a flap. */
  flapWithinSeconds: number;
  outages?: readonly Outage[] | undefined;
  /** How long values of an outage stay in the alarm's window: an alert that opens so soon after it is not false. */
  windowSeconds: number;
}

/** Scores alerts, which are in the order of time. */
export function score(alerts: readonly Alert[], yardstick: Yardstick): Score {
  const lengths = alerts.map(({ from, to }) => (to - from) / 1000);
  const isFlap = ({ from }: Alert, i: number) =>
    i > 0 && from - alerts[i - 1]!.to <= yardstick.flapWithinSeconds * 1000;
  const nights = alerts.map(({ from }) => nightOf(from, yardstick.timeZone)).filter((night) => night !== undefined);
  return {
    alerts: alerts.length,
    totalSeconds: lengths.reduce((a, b) => a + b, 0),
    ...defined('medianSeconds', median(lengths)),
    flaps: alerts.filter(isFlap).length,
    nights: new Set(nights).size,
    ...(yardstick.outages && { outages: detection(alerts, yardstick.outages, yardstick.windowSeconds * 1000) }),
  };
}

function detection(
  alerts: readonly Alert[],
  outages: readonly Outage[],
  windowMs: number,
): NonNullable<Score['outages']> {
  const delays = outages.flatMap((outage) => {
    const first = alerts.find(({ from, to }) => from <= outage.to && to > outage.from);
    return first ? [Math.max(0, first.from - outage.from) / 1000] : [];
  });
  const isFalse = (alert: Alert) => !outages.some(({ from, to }) => alert.from <= to + windowMs && alert.to > from);
  return {
    known: outages.length,
    missed: outages.length - delays.length,
    ...defined('medianSecondsToDetect', median(delays)),
    ...defined('longestSecondsToDetect', delays.length > 0 ? Math.max(...delays) : undefined),
    falseAlarms: alerts.filter(isFalse).length,
  };
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]
    : sorted.length === 0
      ? undefined
      : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const defined = <K extends string>(key: K, value: number | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: number };
