/** A DynamoDB table as the stacks and the laptop create it. Keys are `pk` and `sk`, both text. */
export interface Table {
  /** Sparse indexes: an item is in one while it has its two attributes, `<name>Pk` and `<name>Sk`. */
  readonly indexes: readonly string[];
  /** The attribute with the time of expiry, in epoch seconds. */
  readonly timeToLive: 'expiresAt';
}

/** Every table. The content of their keys is documented in `docs/decisions/0001-table-keys.md`. */
export const tables = {
  history: { indexes: ['failures', 'batchRuns'], timeToLive: 'expiresAt' },
  incidents: { indexes: ['due', 'open', 'closed'], timeToLive: 'expiresAt' },
} as const satisfies Record<string, Table>;

/** The attributes of an index. */
export const indexKeys = (index: string) => ({ pk: `${index}Pk`, sk: `${index}Sk` });
