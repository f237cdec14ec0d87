import { CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { DeleteTableCommand, DynamoDBClient, paginateListTables, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListEventBusesCommand, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { IAMClient, paginateListRoles } from '@aws-sdk/client-iam';
import {
  DescribeKeyCommand,
  KMSClient,
  paginateListAliases,
  paginateListKeys,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { LambdaClient, paginateListEventSourceMappings, paginateListFunctions } from '@aws-sdk/client-lambda';
import { paginateListSubscriptions, paginateListTopics, SNSClient } from '@aws-sdk/client-sns';
import { DeleteQueueCommand, paginateListQueues, SQSClient } from '@aws-sdk/client-sqs';
import { at } from './account.ts';

/**
 * Everything that an emulator holds of the kinds that the stacks make, as `<kind> <name>`, asked of each service and not
 * of CloudFormation, which only says what it believes.
 */
export async function inventory(endpoint: string): Promise<Set<string>> {
  const config = at(endpoint);
  const kms = new KMSClient(config);
  const eventbridge = new EventBridgeClient(config);
  const { EventBuses = [] } = await eventbridge.send(new ListEventBusesCommand({}));
  const found: (readonly [string, Iterable<string | undefined>])[] = await Promise.all([
    all('table', paginateListTables({ client: new DynamoDBClient(config) }, {}), (page) => page.TableNames),
    all('queue', paginateListQueues({ client: new SQSClient(config) }, {}), (page) => page.QueueUrls),
    all('topic', paginateListTopics({ client: new SNSClient(config) }, {}), (page) =>
      page.Topics?.map(({ TopicArn }) => TopicArn),
    ),
    all('subscription', paginateListSubscriptions({ client: new SNSClient(config) }, {}), (page) =>
      page.Subscriptions?.map(({ SubscriptionArn }) => SubscriptionArn),
    ),
    all('alarm', paginateDescribeAlarms({ client: new CloudWatchClient(config) }, {}), (page) =>
      page.MetricAlarms?.map(({ AlarmName }) => AlarmName),
    ),
    all('log group', paginateDescribeLogGroups({ client: new CloudWatchLogsClient(config) }, {}), (page) =>
      page.logGroups?.map(({ logGroupName }) => logGroupName),
    ),
    all('role', paginateListRoles({ client: new IAMClient(config) }, {}), (page) =>
      page.Roles?.map(({ RoleName }) => RoleName),
    ),
    all('alias', paginateListAliases({ client: kms }, {}), (page) => page.Aliases?.map(({ AliasName }) => AliasName)),
    all('function', paginateListFunctions({ client: new LambdaClient(config) }, {}), (page) =>
      page.Functions?.map(({ FunctionName }) => FunctionName),
    ),
    all('event source', paginateListEventSourceMappings({ client: new LambdaClient(config) }, {}), (page) =>
      page.EventSourceMappings?.map(({ EventSourceArn }) => EventSourceArn),
    ),
    keys(kms),
    ['bus', EventBuses.map(({ Name }) => Name)] as const,
    ...EventBuses.map(async ({ Name: EventBusName }) => {
      const { Rules = [] } = await eventbridge.send(new ListRulesCommand({ EventBusName }));
      return ['rule', Rules.map(({ Arn }) => Arn)] as const;
    }),
  ]);
  return new Set(found.flatMap(([kind, names]) => [...names].map((name) => `${kind} ${name}`)));
}

/** Deletes a table, a queue or a key that a stack left behind on purpose. */
async function removeRetained(endpoint: string, thing: string): Promise<void> {
  const [, kind, name] = /^(\S+) (.+)$/.exec(thing) ?? [];
  if (kind === 'table') {
    const dynamodb = new DynamoDBClient(at(endpoint));
    await dynamodb.send(new UpdateTableCommand({ TableName: name, DeletionProtectionEnabled: false }));
    await dynamodb.send(new DeleteTableCommand({ TableName: name }));
  } else if (kind === 'key') {
    await new KMSClient(at(endpoint)).send(new ScheduleKeyDeletionCommand({ KeyId: name, PendingWindowInDays: 7 }));
  } else if (kind === 'queue') {
    await new SQSClient(at(endpoint)).send(new DeleteQueueCommand({ QueueUrl: name }));
  } else throw new Error(`${thing} is not retained on purpose; why is it still there?`);
}

async function all<Page>(
  kind: string,
  pages: AsyncIterable<Page>,
  names: (page: Page) => Iterable<string | undefined> | undefined,
) {
  const found: (string | undefined)[] = [];
  for await (const page of pages) found.push(...(names(page) ?? []));
  return [kind, found] as const;
}

/** Keys that are not about to be deleted. */
async function keys(kms: KMSClient) {
  const [, ids] = await all('key', paginateListKeys({ client: kms }, {}), (page) =>
    page.Keys?.map(({ KeyId }) => KeyId),
  );
  const states = await Promise.all(ids.map((KeyId) => kms.send(new DescribeKeyCommand({ KeyId }))));
  const kept = states.filter(({ KeyMetadata }) => KeyMetadata?.KeyState !== 'PendingDeletion');
  return ['key', kept.map(({ KeyMetadata }) => KeyMetadata?.KeyId)] as const;
}

/** Deletes the tables, queues and keys that were made since an inventory was taken. */
export async function removeAllRetained(endpoint: string, before: ReadonlySet<string>): Promise<void> {
  const left = [...(await inventory(endpoint))].filter(
    (thing) => !before.has(thing) && /^(key|queue|table) /.test(thing),
  );
  for (const thing of left) await removeRetained(endpoint, thing);
}
