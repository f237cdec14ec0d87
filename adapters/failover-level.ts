import { MemoryLevel } from 'memory-level';

type Callback<T = void> = (error: Error | null, value?: T) => void;
type Operation = { type: 'put'; key: string; value: unknown } | { type: 'del'; key: string };
export interface Range {
  gt?: string;
  gte?: string;
  lt?: string;
  lte?: string;
  reverse?: boolean;
  limit?: number;
}

/** The part of a LevelDB that dynalite uses, with its callback interface. */
export interface Database {
  readonly status: string;
  get(key: string, callback: Callback<unknown>): void;
  put(key: string, value: unknown, callback: Callback): void;
  del(key: string, callback: Callback): void;
  batch(operations: Operation[], callback: Callback): void;
  keys(range?: Range): { next(): Promise<unknown> };
  values(range?: Range): { next(): Promise<unknown> };
  iterator(range?: Range): AsyncIterable<[string, unknown]>;
}

/** The data that was written to memory since the disk failed. */
export interface Failover {
  /** Everything that is not on disk, as one batch. */
  pending(): Promise<Operation[]>;
}

/**
 * Keeps a database available when its disk fails (full, damaged, removed). After the first error, writes go to memory, and
 * reads use memory first, then the disk if it still responds. Nothing is written to the disk any more: after an incomplete
 * write its log is not reliable until it is opened again.
 * @param onFailure called once, with the first error
 */
export function failOver(db: Database, onFailure: (error: Error) => void): Failover {
  const disk = {
    get: db.get.bind(db),
    put: db.put.bind(db),
    del: db.del.bind(db),
    batch: db.batch.bind(db),
    iterator: db.iterator.bind(db),
    keys: db.keys.bind(db),
    values: db.values.bind(db),
  };
  const memory = new MemoryLevel<string, unknown>({ valueEncoding: 'json' });
  const removed = new Set<string>();
  let failed = false;

  /** Whether memory replaces the disk. A database that is being closed has not failed. */
  const hasFailed = (error: Error): boolean => {
    if (db.status !== 'open') return false;
    if (!failed) {
      failed = true;
      onFailure(error);
    }
    return true;
  };
  const toMemory = async (operations: readonly Operation[]) => {
    for (const operation of operations) {
      if (operation.type === 'del') removed.add(operation.key);
      else removed.delete(operation.key);
    }
    await memory.batch([...operations]);
  };
  const write = (operations: Operation[], toDisk: (callback: Callback) => void, callback: Callback) => {
    const instead = () => void toMemory(operations).then(() => callback(null), callback);
    if (failed) return instead();
    toDisk((error) => (error && hasFailed(error) ? instead() : callback(error)));
  };
  const read = async (key: string): Promise<unknown> => {
    const kept = await memory.get(key);
    if (kept !== undefined || removed.has(key)) return kept;
    // Data that the disk can no longer read is treated as absent.
    return new Promise((resolve) => disk.get(key, (error, value) => resolve(error ? undefined : value)));
  };
  const entries = (range: Range = {}) =>
    failed
      ? merged(memory.iterator(range), untilError(disk.iterator(endless(range)), hasFailed), removed, range)
      : readFailingOver(range);
  /** Reads from the disk, and after a failure also from memory. */
  async function* readFailingOver(range: Range): AsyncGenerator<[string, unknown]> {
    try {
      yield* disk.iterator(range);
    } catch (error) {
      if (!hasFailed(error as Error)) throw error;
    }
  }

  db.put = (key, value, callback) =>
    write([{ type: 'put', key, value }], (done) => disk.put(key, value, done), callback);
  db.del = (key, callback) => write([{ type: 'del', key }], (done) => disk.del(key, done), callback);
  db.batch = (operations, callback) => write(operations, (done) => disk.batch(operations, done), callback);
  db.get = (key, callback) => {
    const instead = () => void read(key).then((value) => callback(null, value), callback);
    if (failed) return instead();
    disk.get(key, (error, value) => (error && hasFailed(error) ? instead() : callback(error, value)));
  };
  db.keys = (range) => oneByOne(entries(range), ([key]) => key);
  db.values = (range) => oneByOne(entries(range), ([, value]) => value);

  return {
    pending: async () => {
      const kept = await memory.iterator().all();
      return [
        ...[...removed].map((key): Operation => ({ type: 'del', key })),
        ...kept.map(([key, value]): Operation => ({ type: 'put', key, value })),
      ];
    },
  };
}

/** An iterator as dynalite reads it: each `next` is a value, undefined at the end. */
function oneByOne<T>(entries: AsyncGenerator<[string, unknown]>, pick: (entry: [string, unknown]) => T) {
  return {
    next: async (): Promise<T | undefined> => {
      const { done, value } = await entries.next();
      return done ? undefined : pick(value);
    },
    return: async () => void (await entries.return(undefined)),
  };
}

/** The limit applies to the merged entries, because it is not known how many entries of the disk are replaced by newer ones. */
const endless = ({ limit: _, ...range }: Range): Range => range;

async function* untilError(
  entries: AsyncIterable<[string, unknown]>,
  isFailure: (error: Error) => boolean,
): AsyncGenerator<[string, unknown]> {
  try {
    yield* entries;
  } catch (error) {
    if (!isFailure(error as Error)) throw error;
  }
}

/** Merges two sorted sequences: for equal keys the newer entry, without removed ones. */
async function* merged(
  newer: AsyncIterable<[string, unknown]>,
  older: AsyncIterable<[string, unknown]>,
  removed: ReadonlySet<string>,
  { reverse = false, limit = -1 }: Range,
): AsyncGenerator<[string, unknown]> {
  const [a, b] = [newer[Symbol.asyncIterator](), older[Symbol.asyncIterator]()];
  let [one, other] = [await a.next(), await b.next()];
  for (let left = limit < 0 ? Number.POSITIVE_INFINITY : limit; left > 0; ) {
    if (one.done && other.done) break;
    const order = one.done ? 1 : other.done ? -1 : compare(one.value[0], other.value[0]) * (reverse ? -1 : 1);
    const entry: [string, unknown] = order <= 0 ? one.value : other.value;
    if (order <= 0) one = await a.next();
    if (order >= 0) other = await b.next();
    if (order > 0 && removed.has(entry[0])) continue;
    left -= 1;
    yield entry;
  }
  await Promise.all([a.return?.(), b.return?.()]);
}

/** LevelDB sorts by the bytes of a key. */
const compare = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));
