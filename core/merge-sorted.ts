/**
 * Merges several sorted streams into one. `before` returns whether an element comes before another. Reads at most one element
 * ahead of each stream.
 */
export async function* mergeSorted<T>(
  streams: readonly AsyncIterable<T>[],
  before: (one: T, other: T) => boolean,
): AsyncGenerator<T> {
  const iterators = streams.map((stream) => stream[Symbol.asyncIterator]());
  const heads = await Promise.all(iterators.map((iterator) => iterator.next()));
  for (;;) {
    let chosen = -1;
    for (const [at, head] of heads.entries()) {
      const best = heads[chosen];
      if (!head.done && (!best || before(head.value, best.value))) chosen = at;
    }
    const head = heads[chosen];
    if (!head) return;
    yield head.value;
    heads[chosen] = await iterators[chosen]!.next();
  }
}
