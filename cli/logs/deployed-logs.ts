import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import {
  CloudWatchLogsClient,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { UserError } from '../../core/user-error.ts';
import { functions } from '../../functions/functions.ts';
import type { LogEvent } from './log-line.ts';

/** Where a function of a deployed stack writes. */
export interface FunctionLogs {
  /** The name of its folder. */
  functionName: string;
  logGroups: string[];
}

const functionNames: readonly string[] = functions.map(({ name }) => name);

/**
 * The functions of a deployed pipeline stack and their log groups.
 * @throws {UserError} when the stack cannot be read, or is not a pipeline's
 */
export async function functionsOfStack(stack: string): Promise<FunctionLogs[]> {
  const found: FunctionLogs[] = [];
  const pages = paginateListStackResources({ client: new CloudFormationClient({}) }, { StackName: stack });
  try {
    for await (const { StackResourceSummaries } of pages) {
      for (const { ResourceType, LogicalResourceId = '', PhysicalResourceId } of StackResourceSummaries ?? []) {
        if (!PhysicalResourceId) continue;
        const functionName = functionNames.find((name) => LogicalResourceId.startsWith(name.replaceAll('-', '')));
        if (!functionName) continue;
        if (ResourceType === 'AWS::Logs::LogGroup') found.push({ functionName, logGroups: [PhysicalResourceId] });
        // Emulators write to the group that a function has when nobody gives it one.
        if (ResourceType === 'AWS::Lambda::Function')
          found.push({ functionName, logGroups: [`/aws/lambda/${PhysicalResourceId}`] });
      }
    }
  } catch (error) {
    throw new UserError(
      `The stack ${stack} cannot be read: ${(error as Error).message}. Check --stack, --profile and --region.`,
    );
  }
  if (found.length === 0)
    throw new UserError(`The stack ${stack} has no functions of a pipeline. It is called <name>-<stage>-pipeline.`);
  return functionNames.flatMap((functionName) => {
    const logGroups = found.filter((each) => each.functionName === functionName).flatMap((each) => each.logGroups);
    return logGroups.length > 0 ? [{ functionName, logGroups }] : [];
  });
}

/** A line of a log and the id under which CloudWatch keeps it. */
export type StoredLogEvent = LogEvent & { id: string };

/**
 * What functions logged since a moment, oldest first.
 * @param filter a filter pattern of CloudWatch Logs. Emulators ignore those for JSON: filter what comes as well
 */
export async function readLogs(
  functions: readonly FunctionLogs[],
  since: number,
  filter?: string,
): Promise<StoredLogEvent[]> {
  const client = new CloudWatchLogsClient({});
  const read = functions.flatMap(({ functionName, logGroups }) =>
    logGroups.map((group) => eventsOf(client, functionName, group, since, filter)),
  );
  try {
    return (await Promise.all(read)).flat().sort((one, other) => one.at - other.at);
  } finally {
    client.destroy();
  }
}

async function eventsOf(
  client: CloudWatchLogsClient,
  functionName: string,
  logGroupName: string,
  startTime: number,
  filterPattern: string | undefined,
): Promise<StoredLogEvent[]> {
  const events: StoredLogEvent[] = [];
  try {
    for await (const page of paginateFilterLogEvents({ client }, { logGroupName, startTime, filterPattern })) {
      for (const { eventId: id = '', timestamp: at = startTime, message: text = '' } of page.events ?? [])
        events.push({ id, functionName, at, text: text.trim() });
    }
  } catch (error) {
    // Of the two groups that a function may have one is never made.
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  return events;
}
