import { describe, expect, it } from 'vitest';
import { cronProblem } from '../../../core/time/zone.ts';

describe('the problem with a cron expression', () => {
  it.each([
    { expression: '0 2 * * 1-5', is: undefined },
    { expression: '0 2 L * *', is: undefined },
    { expression: '0 2 ? * MON#2', is: undefined },
    { expression: '@daily', is: 'must have five fields (minute hour day month weekday)' },
    { expression: '0 2 31 4,6 *', is: 'never matches: there is no such day' },
    { expression: '60 2 * * *', is: 'cannot be parsed: invalid value for minute: 60' },
    { expression: '0 2 32 * *', is: 'cannot be parsed: invalid value for day: 32' },
    { expression: '0 2 * 13 *', is: 'cannot be parsed: invalid value for month: 13' },
  ])('$expression: $is', ({ expression, is }) => {
    expect(cronProblem(expression)).toBe(is);
  });
});
