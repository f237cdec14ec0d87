import { describe, expect, it } from 'vitest';
import { causesOf, formatError } from '../../core/causes.ts';

const denied = Object.assign(new Error('not authorized'), { name: 'AccessDenied' });
const away = () => new Error('SNS does not answer');
const ownCause = new Error('a circle');
ownCause.cause = ownCause;
const many = Array.from({ length: 30 }, (_, i) => new Error(`number ${i}`));

describe('what led to an error', () => {
  it.each<[string, unknown, string[]]>([
    ['nothing', away(), []],
    [
      'the errors that are gathered',
      new AggregateError([denied, away()], 'failed'),
      ['AccessDenied: not authorized', 'Error: SNS does not answer'],
    ],
    [
      'the same one again and again, once',
      new AggregateError([away(), away()], 'failed'),
      ['Error: SNS does not answer (2 times)'],
    ],
    ['a cause', new Error('failed', { cause: denied }), ['AccessDenied: not authorized']],
    [
      'the cause of a gathered error',
      new AggregateError([new Error('SES is away', { cause: denied })], 'failed'),
      ['Error: SES is away', 'AccessDenied: not authorized'],
    ],
    [
      'gathered errors within a cause',
      new Error('failed', { cause: new AggregateError([denied], 'both') }),
      ['AggregateError: both', 'AccessDenied: not authorized'],
    ],
    ['something that is no error', new AggregateError(['a text', undefined], 'failed'), ['a text', 'undefined']],
    ['itself', ownCause, []],
    ['what is no error', 'a text', []],
  ])('%s', (_, error, causes) => {
    expect(causesOf(error)).toEqual(causes);
  });

  it('is cut off after twenty, with the number of the others', () => {
    const causes = causesOf(new AggregateError(many, 'failed'));
    expect([causes.length, causes.at(-1)]).toEqual([21, 'and 10 other causes']);
  });

  it('ends, even if two errors are each the cause of the other', () => {
    const [one, other] = [new Error('one'), new Error('other')];
    Object.assign(one, { cause: other });
    Object.assign(other, { cause: one });
    expect(causesOf(one).length).toBeLessThan(5);
  });
});

describe('an error on one line', () => {
  it.each([
    [
      'with its causes',
      new AggregateError([denied], 'the sweep failed for 1 groups'),
      'the sweep failed for 1 groups (AccessDenied: not authorized)',
    ],
    ['without causes', away(), 'SNS does not answer'],
    [
      'whose message names its cause already',
      new Error('failed: not authorized', { cause: denied }),
      'failed: not authorized',
    ],
    ['that is none', 42, '42'],
  ])('%s', (_, error, says) => {
    expect(formatError(error)).toBe(says);
  });
});
