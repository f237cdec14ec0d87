import { Cron } from 'croner';

/** Whether the machine's time-zone data knows this IANA name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A moment as people of a time zone write it: `2026-11-21 03:13:04`. */
export function inZone(at: number, timeZone: string): string {
  // Swedish is the locale whose customary form is year-month-day with a 24 hour clock.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
}

/** The calendar day of a moment in UTC, `2026-11-21`: the partition of the history's day indexes. */
export const utcDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Why a five-field cron expression cannot be used, or undefined when it can. */
export function cronProblem(expression: string): string | undefined {
  if (expression.trim().split(/\s+/).length !== 5) return 'has not five fields (minute hour day month weekday)';
  try {
    // From a fixed moment on: whether a schedule ever comes does not depend on the day. Leap days come within eight years.
    const comes = new Cron(expression, { paused: true, timezone: 'UTC' }).nextRun(new Date(0));
    return comes ? undefined : 'never comes: there is no such day';
  } catch (error) {
    return `cannot be read: ${cronSays(error instanceof Error ? error.message : String(error))}`;
  }
}

/** What croner says of an expression, without its own name; it counts days and months from 0 where people count from 1. */
const cronSays = (message: string): string =>
  message
    .replace(/^CronPattern: /, '')
    .replace(/(?<=Invalid value for (?:day|month): )\d+/, (value) => String(Number(value) + 1))
    .replace(/^./, (first) => first.toLowerCase());

/** The first moment after `after` at which a cron expression fires in a time zone; undefined when there is none. */
export function nextCron(expression: string, timeZone: string, after: number): number | undefined {
  return new Cron(expression, { timezone: timeZone, paused: true }).nextRun(new Date(after))?.getTime();
}
