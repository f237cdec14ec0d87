import { cronProblem, nextCron } from '../../core/time/zone.ts';

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Parses weekdays such as `Tuesday and Wednesday`; Sunday is 0. Undefined if a word is not a weekday. */
export function parseWeekdays(text: string): number[] | undefined {
  const days = text.split(/, | and /).map((word) => weekdays.indexOf(word.toLowerCase()));
  return days.includes(-1) ? undefined : days;
}

/** The pattern of a time in scenarios: `02:10`, `Tuesday 02:10` or `2026-11-24 02:10`. */
export const momentPattern = '(?:(?:\\d{4}-\\d{2}-\\d{2}|[A-Z][a-z]+day) )?\\d{2}:\\d{2}';

/**
 * Parses a time: the first match at or after `start` in a time zone; undefined if there is none. A time that does not exist
 * because of daylight saving is the next time that exists.
 */
export function parseMoment(text: string, start: number, timeZone: string): number | undefined {
  const match = /^(?:(?:(\d{4})-(\d{2})-(\d{2})|([A-Z][a-z]+day)) )?(\d{2}):(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [, year, month, day, weekday, hour, minute] = match;
  if (Number(hour) > 23 || Number(minute) > 59) return undefined;
  if (weekday !== undefined && !weekdays.includes(weekday.toLowerCase())) return undefined;
  const date = year === undefined ? '* *' : `${Number(day)} ${Number(month)}`;
  const dayOfWeek = weekday === undefined ? '*' : weekdays.indexOf(weekday.toLowerCase());
  const from = year === undefined ? start - 1 : Date.UTC(Number(year), 0, 1) - 86_400_000;
  const expression = `${Number(minute)} ${Number(hour)} ${date} ${dayOfWeek}`;
  return cronProblem(expression) === undefined ? nextCron(expression, timeZone, from) : undefined;
}
