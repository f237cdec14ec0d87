import { Cron } from 'croner';

/** Whether this is an IANA time zone of the system's time-zone data. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A time in a time zone: `2026-11-21 03:13:04`. */
export function inZone(at: number, timeZone: string): string {
  // The Swedish locale formats as year-month-day with a 24-hour clock.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
}

/** The calendar day of a time in UTC, `2026-11-21`: the partition of the history's day indexes. */
export const utcDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The problem with a five-field cron expression. Undefined if it is valid. */
export function cronProblem(expression: string): string | undefined {
  if (expression.trim().split(/\s+/).length !== 5) return 'must have five fields (minute hour day month weekday)';
  try {
    // From a fixed time on, so that the result does not depend on the current day. Leap days occur within eight years.
    const next = new Cron(expression, { paused: true, timezone: 'UTC' }).nextRun(new Date(0));
    return next ? undefined : 'never matches: there is no such day';
  } catch (error) {
    return `cannot be parsed: ${cronMessage(error instanceof Error ? error.message : String(error))}`;
  }
}

/** The message of croner without its prefix. It counts days and months from 0 instead of 1. */
const cronMessage = (message: string): string =>
  message
    .replace(/^CronPattern: /, '')
    .replace(/(?<=Invalid value for (?:day|month): )\d+/, (value) => String(Number(value) + 1))
    .replace(/^./, (first) => first.toLowerCase());

/** The first time after `after` at which a cron expression fires in a time zone. Undefined if there is none. */
export function nextCron(expression: string, timeZone: string, after: number): number | undefined {
  return new Cron(expression, { timezone: timeZone, paused: true }).nextRun(new Date(after))?.getTime();
}
