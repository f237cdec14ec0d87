import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { ChannelPauses } from '../core/delivery/channel-pauses.ts';
import { moment } from '../core/history/retention.ts';
import { instant } from '../events/instant.ts';
import { fromItem } from './dynamodb-item.ts';
import { DynamodbTable, type Key } from './dynamodb-table.ts';

const paused = z.object({ pausedUntil: instant });

/** Pauses of channels in the `incidents` table, for every container of a notifier. Keys: docs/decisions/0015-delivery.md. */
export class DynamodbChannelPauses implements ChannelPauses {
  readonly #table: DynamodbTable;

  constructor(client: DynamoDBClient, tableName: string) {
    this.#table = new DynamodbTable(client, tableName);
  }

  async pausedUntil(channel: string): Promise<number | undefined> {
    const item = await this.#table.get(pauseKey(channel));
    return item && fromItem(paused, item).pausedUntil;
  }

  async pause(channel: string, until: number): Promise<void> {
    await this.#table.update(pauseKey(channel), {
      expression: 'SET pausedUntil = :until, expiresAt = :expiresAt',
      condition: 'attribute_not_exists(pausedUntil) OR pausedUntil < :until',
      values: { ':until': moment(until), ':expiresAt': Math.ceil(until / 1000) + dayInSeconds },
    });
  }

  /** Ends the pause of a channel, if there is one. */
  async end(channel: string): Promise<void> {
    await this.#table.remove(pauseKey(channel));
  }
}

/** A pause ends long before its item expires. */
const dayInSeconds = 86_400;

const pauseKey = (channel: string): Key => ({ pk: `CHANNEL#${channel}`, sk: 'PAUSE' });
