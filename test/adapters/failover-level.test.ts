import fc from 'fast-check';
import { MemoryLevel } from 'memory-level';
import { describe, expect, it } from 'vitest';
import { type Database, failOver } from '../../adapters/failover-level.ts';

/** A LevelDB as dynalite hands it on, whose disk can be taken away: from then on it refuses to write, or to read as well. */
function breakable() {
  const level = new MemoryLevel<string, unknown>({ valueEncoding: 'json' });
  const broken = { writes: false, reads: false };
  const answer = <T>(work: Promise<T>, callback: (error: Error | null, value?: T) => void) =>
    void work.then((value) => callback(null, value), callback);
  const refuse = async (): Promise<never> => {
    throw new Error('No space left on device');
  };
  async function* iterate(range: object): AsyncGenerator<[string, unknown]> {
    if (broken.reads) await refuse();
    yield* level.iterator(range);
  }
  const db: Database = {
    status: 'open',
    get: (key, callback) => answer(broken.reads ? refuse() : level.get(key), callback),
    put: (key, value, callback) => answer(broken.writes ? refuse() : level.put(key, value), callback),
    del: (key, callback) => answer(broken.writes ? refuse() : level.del(key), callback),
    batch: (operations, callback) => answer(broken.writes ? refuse() : level.batch(operations), callback),
    keys: (range = {}) => level.keys(range),
    values: (range = {}) => level.values(range),
    iterator: (range = {}) => iterate(range),
  };
  const failures: string[] = [];
  const failover = failOver(db, (error) => failures.push(error.message));
  return { db, level, broken, failures, failover };
}

const promised = <T>(call: (callback: (error: Error | null, value?: unknown) => void) => void) =>
  new Promise<T>((resolve, reject) => call((error, value) => (error ? reject(error) : resolve(value as T))));

async function all(iterator: { next(): Promise<unknown> }): Promise<unknown[]> {
  const found: unknown[] = [];
  for (let value = await iterator.next(); value !== undefined; value = await iterator.next()) found.push(value);
  return found;
}

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const operation = fc.oneof(
  fc.record({ type: fc.constant('put' as const), key, value: fc.nat(99) }),
  fc.record({ type: fc.constant('del' as const), key }),
  fc.record({ type: fc.constant('disk full' as const) }),
);

describe('a database whose disk fails', () => {
  it('answers as if it had not, whenever that happens, and knows what to write when the disk is back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 25 }), fc.boolean(), fc.nat(4), async (ops, reverse, limit) => {
        const { db, level, broken, failures, failover } = breakable();
        const model = new Map<string, unknown>();
        let refused = false;
        for (const op of ops) {
          if (op.type === 'disk full') broken.writes = true;
          else {
            refused ||= broken.writes;
            await promised((done) => db.batch([op as never], done));
            if (op.type === 'put') model.set(op.key, op.value);
            else model.delete(op.key);
          }
        }
        const sorted = [...model].sort(([one], [other]) => (one < other ? -1 : 1));
        const ordered = reverse ? sorted.toReversed() : sorted;
        expect(await all(db.values({ reverse }))).toEqual(ordered.map(([, value]) => value));
        expect(await all(db.keys({ reverse, limit }))).toEqual(ordered.slice(0, limit).map(([name]) => name));
        for (const name of 'abcde') expect(await promised((done) => db.get(name, done))).toEqual(model.get(name));
        expect(failures).toEqual(refused ? ['No space left on device'] : []);
        await level.batch(await failover.pending());
        expect(await level.iterator().all()).toEqual(sorted);
      }),
      { numRuns: 200 },
    );
  });

  it('goes on in memory when it can no longer be read, and says so once', async () => {
    const { db, broken, failures } = breakable();
    await promised((done) => db.put('a', 1, done));
    broken.reads = true;
    expect(await promised((done) => db.get('a', done))).toBeUndefined();
    await promised((done) => db.put('b', 2, done));
    expect(await all(db.values())).toEqual([2]);
    expect(failures).toEqual(['No space left on device']);
  });
});
