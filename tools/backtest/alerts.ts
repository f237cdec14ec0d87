import type { PlayedChange } from './play-recording.ts';

/** An alert that would have been sent, from the time it opened to the time it resolved, in epoch milliseconds. */
export interface Alert {
  from: number;
  to: number;
  /** The alert was still open when the recording ended. */
  open?: true;
}

/**
 * Makes alerts from the state changes of an alarm, as the router makes incidents. ALARM opens an alert and OK resolves it.
 * Missing data keeps an open alert open, and so does an OK while the newest value breaches. With `keepFiringFor`, an alert
 * resolves when that time has passed without an ALARM.
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
    // An ALARM at the exact time of the end is handled before the sweep that would end the alert.
    closeUntil(at - 1);
    if (to === 'ALARM') open = { from: open?.from ?? at, closeAt: Number.POSITIVE_INFINITY };
    if (to === 'OK' && open) open.closeAt = recoveryAt + keepFiringSeconds * 1000;
    if (to === 'OK') closeUntil(at);
  }
  closeUntil(end);
  if (open) alerts.push({ from: open.from, to: end, open: true });
  return alerts;
}
