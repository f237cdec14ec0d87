import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeSorted } from '../../core/merge-sorted.ts';
import { collect } from '../support/collect.ts';

const descending = (one: number, other: number) => other - one;
const before = (one: number, other: number) => one > other;

async function* streamOf(values: readonly number[], onRead = () => {}): AsyncGenerator<number> {
  for (const value of values) {
    onRead();
    yield value;
  }
}

it('makes one ordered stream of several, with nothing lost and nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(fc.integer())), async (lists) => {
      const streams = lists.map((list) => streamOf([...list].sort(descending)));
      expect(await collect(mergeSorted(streams, before))).toEqual(lists.flat().sort(descending));
    }),
  );
});

it('reads no further than it is asked to', async () => {
  let reads = 0;
  const count = () => {
    reads++;
  };
  for await (const newest of mergeSorted([streamOf([9, 8, 7], count), streamOf([6, 5], count)], before)) {
    expect(newest).toBe(9);
    break;
  }
  expect(reads).toBe(2);
});
