import type { PlayedChange } from './play-recording.ts';

/** What people would have been told of: from the message that opens to the one that resolves, epoch milliseconds. */
export interface Alert {
  from: number;
  to: number;
  /** The recording ended first. */
  open?: true;
}

/**
 * The alerts of an alarm's changes, as the router makes incidents of them: ALARM opens, OK resolves, and missing data
 * leaves open what is open, and so does an OK while the newest value breaches. A rule that keeps firing resolves only when that time has passed without an ALARM.
 */
export function alertsOf(changes: readonly PlayedChange[], end: number, keepFiringSeconds = 0): Alert[] {
  const alerts: Alert[] = [];
  let open: { from: number; closeAt: number } | undefined;
  const closeUntil = (now: number) => {
    if (!open || open.closeAt > now) return;
    alerts.push({ from: open.from, to: open.closeAt });
    open = undefined;
  };
  for (const { at, to, recoveryAt = at } of changes) {
    // An ALARM at the very moment of the end comes before the sweep that would have ended it.
    closeUntil(at - 1);
    if (to === 'ALARM') open = { from: open?.from ?? at, closeAt: Number.POSITIVE_INFINITY };
    if (to === 'OK' && open) open.closeAt = recoveryAt + keepFiringSeconds * 1000;
    if (to === 'OK') closeUntil(at);
  }
  closeUntil(end);
  if (open) alerts.push({ from: open.from, to: end, open: true });
  return alerts;
}
