import { DeleteItemCommand, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Clock } from '../core/time/clock.ts';
import { nextTick, type Work } from './scheduled-task.ts';
import { laptopTables } from './store.ts';

/**
 * Deletes what has expired, each hour. This is DynamoDB's own work (time to live), which a laptop must do itself, and the
 * one place that scans: the whole store, once an hour, on one's own machine.
 */
export const purge = (client: DynamoDBClient, clock: Clock): Work => ({
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
