import { nightOf } from '../../core/time/night.ts';
import type { Alert } from './alerts.ts';

/** A known outage, in epoch milliseconds. */
export interface Outage {
  from: number;
  to: number;
  label?: string;
}

/** How well a rule would have performed. Durations are in seconds. */
export interface Score {
  alerts: number;
  /** The time from opened to resolved, summed over all alerts. */
  totalSeconds: number;
  medianSeconds?: number;
  /** Alerts that open soon after the previous one ended. */
  flaps: number;
  /** Nights, from 22:00 to 07:00, in which at least one alert opened. */
  nights: number;
  /** Only if outages are given. */
  outages?: {
    known: number;
    /** Outages during which no alert was open. */
    missed: number;
    /** The time from the start of an outage to its alert, for the outages that had one; 0 if the alert was already open. */
    medianSecondsToDetect?: number;
    longestSecondsToDetect?: number;
    /** Alerts that belong to no outage. */
    falseAlarms: number;
  };
}

/** The settings of a score. */
export interface Yardstick {
  timeZone: string;
  /** An alert that opens within this time after the end of the previous one is a flap. */
  flapWithinSeconds: number;
  outages?: readonly Outage[] | undefined;
  /** How long the values of an outage stay in the window of the alarm: an alert that opens within this time after an outage is not false. */
  windowSeconds: number;
}

/** Computes the score of alerts, which must be in the order of time. */
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
