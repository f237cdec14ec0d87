/**
 * One ordered stream of several ordered streams. `before` says whether an element goes ahead of another. Reads one
 * element ahead of each, no more.
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
