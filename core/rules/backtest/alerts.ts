import type { PlayedChange } from '../../alarms/play-recording.ts';

/** What people would have been told of: from the message that opens to the one that resolves, epoch milliseconds. */
export interface Alert {
  from: number;
  to: number;
  /** The recording ended first. */
  open?: true;
}

/**
 * The alerts of an alarm's changes, as the router makes incidents of them: ALARM opens, OK resolves, and missing data
 * leaves open what is open.
 */
export function alertsOf(changes: readonly PlayedChange[], end: number): Alert[] {
  const alerts: Alert[] = [];
  let opened: number | undefined;
  for (const { at, to } of changes) {
    if (to === 'ALARM') opened ??= at;
    if (to !== 'OK' || opened === undefined) continue;
    alerts.push({ from: opened, to: at });
    opened = undefined;
  }
  if (opened !== undefined) alerts.push({ from: opened, to: end, open: true });
  return alerts;
}
