import { describe, expect, it } from 'vitest';
import { completed, countsIn, givenCounts } from '../../cli/batch/counts.ts';

describe('counts in the output of a command', () => {
  it.each([
    { says: 'the last line that is JSON', output: '{"total":1}\n{"total":2}\ndone\n', is: { total: 2 } },
    { says: 'other fields are passed over', output: '{"total":2,"seconds":0.5}', is: { total: 2 } },
    { says: 'no JSON', output: 'done\n', is: undefined },
    { says: 'JSON without counts', output: '{"seconds":0.5}', is: undefined },
    { says: 'JSON that is cut', output: '{"total":', is: undefined },
    { says: 'counts as text', output: '{"total":"150","failed":" 3"}', is: { total: 150, failed: 3 } },
    { says: 'a line of Windows after a byte order mark', output: '\uFEFF{"total":2}\r\n', is: { total: 2 } },
    { says: 'one count of two is none', output: '{"total":null,"failed":2}', is: { failed: 2 } },
    { says: 'a count that is none', output: '{"total":-1}', is: undefined },
    { says: 'nothing', output: '', is: undefined },
  ])('$says', ({ output, is }) => {
    expect(countsIn(output)).toEqual(is);
  });

  it('of a command line are numbers, and what is none is said', () => {
    const said: string[] = [];
    const counts = givenCounts({ total: ' 150 ', failed: '', successful: '1.5' }, (problem) => said.push(problem));
    expect(counts).toEqual({ total: 150 });
    expect(said).toEqual([
      '--successful "1.5" is not a whole number; the run is reported without it',
      '--failed "" is not a whole number; the run is reported without it',
    ]);
  });

  it.each([
    { given: { total: 10, failed: 3 }, is: { total: 10, failed: 3, successful: 7 } },
    { given: { total: 10, successful: 7 }, is: { total: 10, successful: 7, failed: 3 } },
    { given: { total: 10, failed: 12 }, is: { total: 10, failed: 12 } },
    { given: { failed: 3 }, is: { failed: 3 } },
    { given: {}, is: {} },
  ])('$given are $is', ({ given, is }) => {
    expect(completed(given)).toEqual(is);
  });
});
