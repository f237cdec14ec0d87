import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { moment } from '../core/history/retention.ts';
import { type Group, group as groupSchema } from '../core/incidents/group.ts';
import type { Groups } from '../core/incidents/ports.ts';
import { shardOf } from '../core/stable-hash.ts';
import { fromItem, toItem } from './dynamodb-item.ts';
import { DynamodbTable, type Item, type Key } from './dynamodb-table.ts';

const dueShards = 4;
/** How many groups one call of `due` reads from each shard: as many as a sweep can process within a minute. */
const duePerShard = 25;

/** Groups in the `incidents` table. They never expire. Keys: docs/decisions/0001-table-keys.md. */
export class DynamodbGroups implements Groups {
  readonly #table: DynamodbTable;
  readonly #pageSize: number | undefined;

  constructor(client: DynamoDBClient, tableName: string, options: { pageSize?: number } = {}) {
    this.#table = new DynamodbTable(client, tableName);
    this.#pageSize = options.pageSize;
  }

  async load(key: string): Promise<Group | undefined> {
    const item = await this.#table.get(groupKey(key));
    return item && fromItem(groupSchema, item);
  }

  async save(group: Group): Promise<boolean> {
    return this.#table.put(
      groupItem(group),
      group.version === 1
        ? { expression: 'attribute_not_exists(pk)' }
        : { expression: 'version = :replaced', values: { ':replaced': group.version - 1 } },
    );
  }

  async due(now: number): Promise<Group[]> {
    const shards = await Promise.all(Array.from({ length: dueShards }, (_, shard) => this.#dueIn(shard, now)));
    return shards.flat().sort((one, other) => one.dueAt! - other.dueAt!);
  }

  async *open(): AsyncGenerator<Group> {
    const all = { index: 'open', pk: 'OPEN', from: moment(0), to: moment(Date.UTC(9999, 0)) };
    for await (const item of this.#table.query({ ...all, pageSize: this.#pageSize })) yield fromItem(groupSchema, item);
  }

  async #dueIn(shard: number, now: number): Promise<Group[]> {
    const due: Group[] = [];
    const slice = { index: 'due', pk: `DUE#${shard}`, from: moment(0), to: moment(now + 1) };
    for await (const item of this.#table.query({ ...slice, pageSize: this.#pageSize ?? duePerShard })) {
      due.push(fromItem(groupSchema, item));
      if (due.length === duePerShard) break;
    }
    return due;
  }
}

const groupKey = (key: string): Key => ({ pk: `GROUP#${key}`, sk: 'STATE' });

function groupItem(group: Group): Item {
  const { key, dueAt, incident } = group;
  return toItem(groupSchema, group, {
    ...groupKey(key),
    ...(dueAt !== undefined && { duePk: `DUE#${shardOf(key, dueShards)}`, dueSk: `${moment(dueAt)}#${key}` }),
    ...(incident && { openPk: 'OPEN', openSk: `${moment(incident.openedAt)}#${key}` }),
  });
}
