import { cronProblem, nextCron } from '../../core/time/zone.ts';

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The days of the week in a text like `Tuesday and Wednesday`, Sunday is 0; undefined when a word is none. */
export function parseWeekdays(text: string): number[] | undefined {
  const days = text.split(/, | and /).map((word) => weekdays.indexOf(word.toLowerCase()));
  return days.includes(-1) ? undefined : days;
}

/** A time as scenarios write it: `02:10`, `Tuesday 02:10` or `2026-11-24 02:10`. */
export const momentPattern = '(?:(?:\\d{4}-\\d{2}-\\d{2}|[A-Z][a-z]+day) )?\\d{2}:\\d{2}';

/**
 * The first moment at or after `start` that a text names, in a time zone; undefined when there is none. Daylight saving
 * is croner's affair: a time that a night skips is the first that follows.
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
