import { nextCron } from '../../core/time/zone.ts';

/** Where a mark may stand, the finest first: by the clock of the people, so that a day begins at their midnight. */
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

/** Marks on an axis of time, epoch milliseconds: as fine as can be with no more than so many. */
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
export function sayMark(at: number, timeZone: string): string {
  const say = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(at);
  const time = say({ hour: '2-digit', minute: '2-digit' });
  return time === '00:00' ? say({ day: 'numeric', month: 'short' }) : time;
}
