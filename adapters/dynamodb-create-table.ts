import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import { indexKeys, type Table } from '../core/deployment/tables.ts';

/**
 * Creates a table in the same way as the stacks, for a local DynamoDB (dynalite, DynamoDB Local). An existing table is not
 * changed.
 * @returns whether the table was created
 */
export async function createTable(client: DynamoDBClient, name: string, table: Table): Promise<boolean> {
  let created = true;
  const keys = [{ pk: 'pk', sk: 'sk' }, ...table.indexes.map(indexKeys)];
  try {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: keys
          .flatMap(({ pk, sk }) => [pk, sk])
          .map((key) => ({ AttributeName: key, AttributeType: 'S' })),
        KeySchema: keySchema({ pk: 'pk', sk: 'sk' }),
        GlobalSecondaryIndexes:
          table.indexes.length === 0
            ? undefined
            : table.indexes.map((index) => ({
                IndexName: index,
                KeySchema: keySchema(indexKeys(index)),
                Projection: { ProjectionType: 'ALL' },
              })),
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    created = false;
  }
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    if (Table?.TableStatus === 'ACTIVE') return created;
  }
}

const keySchema = ({ pk, sk }: { pk: string; sk: string }): KeySchemaElement[] => [
  { AttributeName: pk, KeyType: 'HASH' },
  { AttributeName: sk, KeyType: 'RANGE' },
];
