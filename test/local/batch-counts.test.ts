import { describe, expect, it } from 'vitest';
import { completed, countsIn } from '../../local/batch/counts.ts';

describe('counts in the output of a command', () => {
  it.each([
    { says: 'the last line that is JSON', output: '{"total":1}\n{"total":2}\ndone\n', is: { total: 2 } },
    { says: 'other fields are passed over', output: '{"total":2,"seconds":0.5}', is: { total: 2 } },
    { says: 'no JSON', output: 'done\n', is: undefined },
    { says: 'JSON without counts', output: '{"seconds":0.5}', is: undefined },
    { says: 'JSON that is cut', output: '{"total":', is: undefined },
    { says: 'a count that is none', output: '{"total":-1}', is: undefined },
    { says: 'nothing', output: '', is: undefined },
  ])('$says', ({ output, is }) => {
    expect(countsIn(output)).toEqual(is);
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
