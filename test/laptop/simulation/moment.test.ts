import { describe, expect, it } from 'vitest';
import { parseMoment, parseWeekdays } from '../../../laptop/simulation/moment.ts';

const utc = (moment: number | undefined) => (moment === undefined ? undefined : new Date(moment).toISOString());

describe('a moment in a scenario', () => {
  it.each`
    text                  | from                      | zone               | is                            | because
    ${'02:10'}            | ${'2026-11-24T01:00:00Z'} | ${'Europe/Berlin'} | ${'2026-11-24T01:10:00.000Z'} | ${'the time of the zone'}
    ${'02:00'}            | ${'2026-11-24T01:00:00Z'} | ${'Europe/Berlin'} | ${'2026-11-24T01:00:00.000Z'} | ${'the start itself counts'}
    ${'01:59'}            | ${'2026-11-24T01:00:00Z'} | ${'Europe/Berlin'} | ${'2026-11-25T00:59:00.000Z'} | ${'what is over today is tomorrow'}
    ${'Tuesday 02:10'}    | ${'2026-11-23T12:00:00Z'} | ${'UTC'}           | ${'2026-11-24T02:10:00.000Z'} | ${'the next Tuesday'}
    ${'2026-11-24 02:10'} | ${'2026-11-30T00:00:00Z'} | ${'UTC'}           | ${'2026-11-24T02:10:00.000Z'} | ${'a date is a date, also before'}
    ${'2026-01-01 00:00'} | ${'2026-11-30T00:00:00Z'} | ${'Asia/Tokyo'}    | ${'2025-12-31T15:00:00.000Z'} | ${'also on the first of a year'}
    ${'02:30'}            | ${'2026-03-28T23:00:00Z'} | ${'Europe/Berlin'} | ${'2026-03-29T01:00:00.000Z'} | ${'the night skips it: the first that follows'}
    ${'03:30'}            | ${'2026-03-28T23:00:00Z'} | ${'Europe/Berlin'} | ${'2026-03-29T01:30:00.000Z'} | ${'after the skipped hour'}
    ${'02:30'}            | ${'2026-10-24T22:00:00Z'} | ${'Europe/Berlin'} | ${'2026-10-25T00:30:00.000Z'} | ${'the night has it twice: the first'}
    ${'03:30'}            | ${'2026-10-24T22:00:00Z'} | ${'Europe/Berlin'} | ${'2026-10-25T02:30:00.000Z'} | ${'after the hour that came twice'}
  `('$text from $from in $zone: $because', ({ text, from, zone, is }) => {
    expect(utc(parseMoment(text, Date.parse(from), zone))).toBe(is);
  });

  it.each(['25:00', '02:60', '2:10', 'Caturday 02:10', '2026-13-01 02:10', '2026-02-30 02:10', 'soon', ''])(
    '"%s" is none',
    (text) => {
      expect(parseMoment(text, Date.parse('2026-11-24T01:00:00Z'), 'UTC')).toBeUndefined();
    },
  );
});

describe('weekdays', () => {
  it.each([
    { text: 'Tuesday', days: [2] },
    { text: 'Tuesday and Wednesday', days: [2, 3] },
    { text: 'Monday, Tuesday and Sunday', days: [1, 2, 0] },
    { text: 'Tuesday and Caturday', days: undefined },
  ])('$text', ({ text, days }) => {
    expect(parseWeekdays(text)).toEqual(days);
  });
});
