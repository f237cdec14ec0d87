import { describe, expect, it } from 'vitest';
import { cleanText, clip, clipStart, oneLine } from '../../../core/delivery/clean-text.ts';

describe('cleanText', () => {
  it.each([
    { what: 'line breaks of Windows become plain ones', text: 'one\r\ntwo\r\n', is: 'one\ntwo\n' },
    { what: 'of a progress bar the last state stays', text: ' 10 %\r 50 %\r100 %\ndone', is: '100 %\ndone' },
    { what: 'a line that ends with a return is kept', text: 'loading\r', is: 'loading' },
    { what: 'a bar that ends its line the way of Windows', text: '10 %\r100 %\r\ndone', is: '100 %\ndone' },
    { what: 'control characters are shown, not obeyed', text: 'a\u001B[31mred\u0007', is: 'a\uFFFD[31mred\uFFFD' },
    { what: 'halves of characters are shown', text: 'a\uD800b', is: 'a\uFFFDb' },
    { what: 'tabs stay', text: 'a\tb', is: 'a\tb' },
  ])('$what', ({ text, is }) => {
    expect(cleanText(text)).toBe(is);
  });

  // Read again from each of its characters, such a text would take minutes; one target must not hold up the others.
  it.each([
    { what: 'a page without a line break', text: 'a'.repeat(400_000), is: 'a'.repeat(400_000) },
    { what: 'a line that is overwritten all the time', text: 'a\r'.repeat(200_000), is: 'a' },
    { what: 'a line of returns alone', text: '\r'.repeat(400_000), is: '' },
  ])('passes through a long text once: $what', ({ text, is }) => {
    expect(cleanText(text) === is).toBe(true);
  });

  it('is one line of all, where one line is wanted', () => {
    expect(oneLine(' 10 %\r100 %\n  done\n')).toBe('100 % done');
  });
});

describe('what is too long', () => {
  const traceback = 'Traceback (most recent call last):\n  File "score.py", line 3\nValueError: no rows';
  it.each([
    { what: 'loses its end', cut: clip('abcdef', 4), is: 'abc…' },
    {
      what: 'loses its beginning where its point is at the end',
      cut: clipStart(traceback, 21),
      is: '…\nValueError: no rows',
    },
    { what: 'is not cut through a character, at its end', cut: clip('ab😀cd', 4), is: 'ab…' },
    { what: 'is not cut through a character, at its beginning', cut: clipStart('ab😀cd', 4), is: '…cd' },
    { what: 'stays when it is not', cut: clipStart('abc', 3), is: 'abc' },
  ])('$what', ({ cut, is }) => {
    expect(cut).toBe(is);
  });
});
