import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Claim, Deliveries, Delivery, Lease, Unsettled } from '../core/delivery/deliveries.ts';
import { claimLane, type Lane, lane as laneSchema, releaseLane, settleLane } from '../core/delivery/lane.ts';
import { expiresAt, type Retention } from '../core/history/retention.ts';
import type { Receipt } from '../events/receipt.ts';
import { fromItem, toItem } from './dynamodb-item.ts';
import { DynamodbTable, type Key } from './dynamodb-table.ts';

/** Delivery lanes in the `incidents` table. Keys: docs/decisions/0001-table-keys.md. */
export class DynamodbDeliveries implements Deliveries {
  readonly #table: DynamodbTable;
  readonly #retention: Retention;

  constructor(client: DynamoDBClient, tableName: string, retention: Retention) {
    this.#table = new DynamodbTable(client, tableName);
    this.#retention = retention;
  }

  async lease(delivery: Delivery, claim: Claim): Promise<Lease> {
    return this.#change(delivery, (lane) => claimLane(lane, delivery, claim));
  }

  async settle(receipt: Receipt): Promise<void> {
    await this.#change(receipt, (lane) => ({ answer: undefined, next: settleLane(lane, receipt) }));
  }

  async release(delivery: Delivery, owner: string, attempt?: Unsettled): Promise<void> {
    await this.#change(delivery, (lane) => ({ answer: undefined, next: releaseLane(lane, delivery, owner, attempt) }));
  }

  /** Reads, decides, and writes if no other process has written in between; otherwise repeats. With each conflict another process makes progress. */
  async #change<Answer>(
    of: { group: string; channel: string },
    decide: (lane: Lane | undefined) => { answer: Answer; next?: Lane | undefined },
  ): Promise<Answer> {
    const key = laneKey(of);
    for (;;) {
      const item = await this.#table.get(key);
      const { answer, next } = decide(item && fromItem(laneSchema, item));
      if (!next || (await this.#replace(key, next))) return answer;
    }
  }

  async #replace(key: Key, lane: Lane): Promise<boolean> {
    const life = { expiresAt: expiresAt(this.#retention, this.#retention.clock.now()) };
    return this.#table.put(
      toItem(laneSchema, lane, { ...key, ...life }),
      lane.version === 1
        ? { expression: 'attribute_not_exists(pk)' }
        : { expression: 'version = :replaced', values: { ':replaced': lane.version - 1 } },
    );
  }
}

const laneKey = (of: { group: string; channel: string }): Key => ({
  pk: `DELIVERY#${of.group}`,
  sk: of.channel,
});
