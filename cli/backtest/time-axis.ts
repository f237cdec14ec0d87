import { nextCron } from '../../core/time/zone.ts';

/** Cron expressions of the possible marks, the finest first, evaluated in the time zone of the config. */
const paces = [
  '*/5 * * * *',
  '*/15 * * * *',
  '0 * * * *',
  '0 */3 * * *',
  '0 */6 * * *',
  '0 */12 * * *',
  '0 0 * * *',
  '0 0 1-29/2 * *',
  '0 0 * * 1',
  '0 0 1 * *',
  '0 0 1 1,4,7,10 *',
  '0 0 1 1 *',
];

/** The marks on a time axis, in epoch milliseconds: the finest that give at most `most` marks. */
export function timeMarks(start: number, end: number, timeZone: string, most: number): number[] {
  for (const pace of paces) {
    const marks = upTo(most + 1, pace, timeZone, start, end);
    if (marks.length <= most) return marks;
  }
  return upTo(most, paces.at(-1)!, timeZone, start, end);
}

function upTo(most: number, pace: string, timeZone: string, start: number, end: number): number[] {
  const marks: number[] = [];
  for (let at = nextCron(pace, timeZone, start - 1); at !== undefined && at <= end && marks.length < most; )
    at = nextCron(pace, timeZone, marks[marks.push(at) - 1]!);
  return marks;
}

/** `14:00`, and the day where one begins: `21 Nov`. */
export function formatMark(at: number, timeZone: string): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(at);
  const time = format({ hour: '2-digit', minute: '2-digit' });
  return time === '00:00' ? format({ day: 'numeric', month: 'short' }) : time;
}
