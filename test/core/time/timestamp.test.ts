import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTimestamp } from '../../../core/time/timestamp.ts';

const at = Date.parse('2026-11-21T02:10:00Z');

describe('a timestamp', () => {
  it.each([
    { written: '2026-11-21T02:10:00Z', by: 'ISO 8601' },
    { written: '2026-11-21T02:10:00', by: 'Python, which leaves the offset out' },
    { written: '2026-11-21T03:10:00+01:00', by: 'ISO 8601 with an offset' },
    { written: '2026-11-21T03:10:00+0100', by: 'log4j' },
    { written: '2026-11-20 23:10:00-03', by: 'PostgreSQL' },
    { written: '2026-11-21 02:10:00.000000+00', by: 'PostgreSQL with microseconds' },
    { written: '2026-11-21 07:40:00+05:30', by: 'PostgreSQL in India' },
    { written: '2026-11-21 02:10:00 UTC', by: 'Ruby' },
    { written: '2026-11-21 03:10:00 +0100', by: 'Ruby with an offset' },
    { written: '2026-11-21T02:10:00.000000000Z', by: 'Go' },
    { written: '2026-11-21T02:10:00,000Z', by: 'ISO 8601 with a comma' },
    { written: '2026-11-21T02:10Z', by: 'ISO 8601 without seconds' },
    { written: 'Sat, 21 Nov 2026 02:10:00 GMT', by: 'HTTP' },
    { written: 'Sat, 21 Nov 2026 03:10:00 +0100', by: 'mail' },
    { written: 'Sat Nov 21 02:10:00 UTC 2026', by: 'date' },
    { written: 'Sat Nov 21 02:10:00 2026', by: 'ctime' },
    { written: '20261121T021000Z', by: 'ISO 8601, short' },
    { written: '2026-11-21T03:10:00+01:00[Europe/Berlin]', by: 'Java' },
    { written: at / 1000, by: 'time.time()' },
    { written: at, by: 'Date.now()' },
    { written: at * 1e3, by: 'time.time_ns() // 1000' },
    { written: at * 1e6, by: 'time.time_ns()' },
    { written: String(at / 1000), by: 'date +%s' },
    { written: String(at), by: 'a number as text' },
  ])('$written ($by)', ({ written }) => {
    expect(parseTimestamp(written)).toBe(at);
  });

  it('has millisecond precision', () => {
    expect(parseTimestamp('2026-11-21T02:10:00.1239Z')).toBe(at + 123);
    expect(parseTimestamp('2026-11-21T02:10:00.5Z')).toBe(at + 500);
  });

  it.each([
    'today',
    '',
    '2026-11-21',
    '21.11.2026 02:10',
    '2026-13-21T02:10:00Z',
    '2026-02-30T02:10:00Z',
    '2026-1121T02:10:0Z',
    '12',
    '2026-11-21T02:10:00 CEST',
    null,
    {},
    1e300,
  ])('is not understood: %j', (written) => {
    expect(parseTimestamp(written)).toBeUndefined();
  });

  it('treats a leap second as the second before it', () => {
    expect(parseTimestamp('2016-12-31T23:59:60Z')).toBe(Date.parse('2016-12-31T23:59:59Z'));
  });

  it('is the same time in every offset', () => {
    fc.assert(
      fc.property(fc.integer({ min: -14 * 60, max: 14 * 60 }), fc.constantFrom('', ':'), (minutes, colon) => {
        const pad = (n: number) => String(n).padStart(2, '0');
        const there = new Date(at + minutes * 60_000).toISOString().slice(0, 19);
        const size = Math.abs(minutes);
        const offset = `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}${colon}${pad(size % 60)}`;
        expect(parseTimestamp(`${there}${offset}`)).toBe(at);
      }),
    );
  });
});
