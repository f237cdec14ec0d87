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

/** A DynamoDB expression with the values of its `:names`. */
export interface Expression {
  expression: string;
  values?: Record<string, unknown>;
}

/** One partition of the table or of an index, and the range `[from, to)` of its sort keys. */
export interface Slice {
  index?: string;
  pk: string;
  from: string;
  to: string;
  newestFirst?: boolean;
  /** Items per request. @default as many as fit into the 1 MB of DynamoDB */
  pageSize?: number | undefined;
}

/** A DynamoDB table in plain values. It has only operations whose cost is proportional to their result: no scan, no transaction. */
export class DynamodbTable {
  readonly #client: DynamoDBClient;
  readonly name: string;

  constructor(client: DynamoDBClient, name: string) {
    this.#client = client;
    this.name = name;
  }

  /** Reads an item, strongly consistent. */
  async get({ pk, sk }: Key): Promise<Item | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.name, Key: marshall({ pk, sk }), ConsistentRead: true }),
    );
    return Item && (unmarshall(Item) as Item);
  }

  /** Writes a whole item. @returns false when the condition was not met and nothing was written */
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

  /** Writes attributes of an item. @returns false when the condition was not met and nothing was written */
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

  /** Deletes an item. No error if it does not exist. */
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
          // BETWEEN includes its upper bound, but no sort key is equal to a bound: each has more text after it.
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
