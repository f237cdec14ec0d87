import { DeleteItemCommand, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Clock } from '../core/time/clock.ts';
import { nextTick, type ScheduledTask } from './scheduled-task.ts';
import { laptopTables } from './store.ts';

/**
 * Deletes expired items every hour. On AWS, DynamoDB does this (time to live). This is the only code that scans the whole store.
 */
export const purge = (client: DynamoDBClient, clock: Clock): ScheduledTask => ({
  name: 'purge',
  next: (after) => nextTick(after, 3600),
  run: async () => {
    for (const TableName of Object.values(laptopTables))
      await purgeTable(client, TableName, Math.floor(clock.now() / 1000));
  },
});

async function purgeTable(client: DynamoDBClient, TableName: string, nowSeconds: number): Promise<void> {
  let ExclusiveStartKey: Record<string, never> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName,
        ExclusiveStartKey,
        FilterExpression: 'expiresAt < :now',
        ExpressionAttributeValues: { ':now': { N: String(nowSeconds) } },
        ProjectionExpression: 'pk, sk',
      }),
    );
    for (const Key of page.Items ?? []) await client.send(new DeleteItemCommand({ TableName, Key }));
    ExclusiveStartKey = page.LastEvaluatedKey as Record<string, never> | undefined;
  } while (ExclusiveStartKey);
}
