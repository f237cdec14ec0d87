import { describe, expect, it } from 'vitest';
import { anyDuration, duration, parseDuration } from '../../../core/time/duration.ts';

describe('a duration in a config', () => {
  it.each([
    ['1 second', 1],
    ['1.1 minutes', 66],
    ['30 days', 2_592_000],
    ['366 days', 31_622_400],
  ])('%s is %d seconds', (text, seconds) => expect(duration.parse(text)).toBe(seconds));

  it.each([
    ['0 minutes', 'is shorter than a second'],
    ['0.001 seconds', 'is shorter than a second'],
    ['0.9 seconds', 'is shorter than a second'],
    ['367 days', 'is longer than a year'],
    ['99999999999 weeks', 'is longer than a year'],
    ['-1 minute', 'is not a duration'],
    ['1 month', 'is not a duration'],
    ['Infinity seconds', 'is not a duration'],
  ])('%s is refused: it %s', (text, says) =>
    expect(duration.safeParse(text).error?.issues[0]?.message).toContain(says),
  );

  it('can be zero if it is not an interval', () => expect(anyDuration.parse('0 minutes')).toBe(0));
});

it('is rounded to milliseconds, without floating-point errors', () => expect(parseDuration('1.1 hours')).toBe(3960));
