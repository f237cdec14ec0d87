const prime = 0x100000001b3n;
const mask = 0xffffffffffffffffn;

/**
 * 64 bit FNV-1a of a text, as 16 hex digits: the same on every machine and in every version, for names and shards.
 * Not for secrets. Source: Fowler, Noll and Vo, draft-eastlake-fnv.
 */
export function stableHash(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * prime) & mask;
  return hash.toString(16).padStart(16, '0');
}

/** The shard of a name among `shards`. It does not change while the number of shards is the same. */
export const shardOf = (name: string, shards: number): number =>
  Number(BigInt(`0x${stableHash(name)}`) % BigInt(shards));

/** The constant of the random number generator in jump consistent hashing. */
const multiplier = 2862933555777941757n;

/**
 * The shard of a name if the number of shards can change: a new shard moves only the names that it receives.
 * Source: Lamping and Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm".
 */
export function consistentShardOf(name: string, shards: number): number {
  let key = BigInt(`0x${stableHash(name)}`);
  let shard = 0;
  for (let next = 0; next < shards; ) {
    shard = next;
    key = (key * multiplier + 1n) & mask;
    next = Math.floor((shard + 1) * (2 ** 31 / (Number(key >> 33n) + 1)));
  }
  return shard;
}
