import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { indexKeys } from '../core/deployment/tables.ts';

/** The primary key of an item. */
export interface Key {
  pk: string;
  sk: string;
}

/** An item as plain values. */
export type Item = Key & Record<string, unknown>;

/** An expression of DynamoDB with the values that its `:names` stand for. */
export interface Expression {
  expression: string;
  values?: Record<string, unknown>;
}

/** One partition, or one of an index, and the part of it whose sort keys lie in `[from, to)`. */
export interface Slice {
  index?: string;
  pk: string;
  from: string;
  to: string;
  newestFirst?: boolean;
  /** Items a request. @default as many as fit into DynamoDB's 1 MB */
  pageSize?: number | undefined;
}

/** A DynamoDB table in plain values. It offers what never costs more than its answer: no scan, no transaction. */
export class DynamodbTable {
  readonly #client: DynamoDBClient;
  readonly name: string;

  constructor(client: DynamoDBClient, name: string) {
    this.#client = client;
    this.name = name;
  }

  /** Reads an item as the last write left it. */
  async get({ pk, sk }: Key): Promise<Item | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.name, Key: marshall({ pk, sk }), ConsistentRead: true }),
    );
    return Item && (unmarshall(Item) as Item);
  }

  /** Writes a whole item. @returns false when the condition did not hold, and then nothing was written */
  async put(item: Item, condition?: Expression): Promise<boolean> {
    return held(
      this.#client.send(
        new PutItemCommand({
          TableName: this.name,
          Item: marshall(item, { removeUndefinedValues: true }),
          ConditionExpression: condition?.expression,
          ExpressionAttributeValues: bound(condition?.values),
        }),
      ),
    );
  }

  /** Writes attributes of an item. @returns false when the condition did not hold, and then nothing was written */
  async update({ pk, sk }: Key, change: Expression & { condition: string }): Promise<boolean> {
    return held(
      this.#client.send(
        new UpdateItemCommand({
          TableName: this.name,
          Key: marshall({ pk, sk }),
          UpdateExpression: change.expression,
          ConditionExpression: change.condition,
          ExpressionAttributeValues: bound(change.values),
        }),
      ),
    );
  }

  /** Deletes an item; one that is not there stays away. */
  async remove({ pk, sk }: Key): Promise<void> {
    await this.#client.send(new DeleteItemCommand({ TableName: this.name, Key: marshall({ pk, sk }) }));
  }

  /** The items of a slice in the order of their sort keys, fetched page by page as they are read. */
  async *query(slice: Slice): AsyncGenerator<Item> {
    if (slice.from >= slice.to) return;
    const key = slice.index ? indexKeys(slice.index) : { pk: 'pk', sk: 'sk' };
    let ExclusiveStartKey: Record<string, never> | undefined;
    do {
      const page = await this.#client.send(
        new QueryCommand({
          TableName: this.name,
          IndexName: slice.index,
          // BETWEEN includes its upper end, but no sort key is ever a bare bound: each goes on after it.
          KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :to',
          ExpressionAttributeNames: { '#pk': key.pk, '#sk': key.sk },
          ExpressionAttributeValues: marshall({ ':pk': slice.pk, ':from': slice.from, ':to': slice.to }),
          ScanIndexForward: !slice.newestFirst,
          Limit: slice.pageSize,
          ExclusiveStartKey,
        }),
      );
      for (const item of page.Items ?? []) yield unmarshall(item) as Item;
      ExclusiveStartKey = page.LastEvaluatedKey as Record<string, never> | undefined;
    } while (ExclusiveStartKey);
  }
}

const bound = (values: Record<string, unknown> | undefined) =>
  values && marshall(values, { removeUndefinedValues: true });

async function held(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
