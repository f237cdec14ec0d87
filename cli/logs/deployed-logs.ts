import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import {
  CloudWatchLogsClient,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { UserError } from '../../core/user-error.ts';
import { functions } from '../../functions/functions.ts';
import type { LogEvent } from './log-line.ts';

/** A function of a deployed stack and its log groups. */
export interface FunctionLogs {
  /** The name of its folder. */
  functionName: string;
  logGroups: string[];
}

const functionNames: readonly string[] = functions.map(({ name }) => name);

/**
 * The functions of a deployed pipeline stack and their log groups.
 * @throws {UserError} if the stack cannot be read, or is not a pipeline stack
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
        // Emulators write to the default log group of a function.
        if (ResourceType === 'AWS::Lambda::Function')
          found.push({ functionName, logGroups: [`/aws/lambda/${PhysicalResourceId}`] });
      }
    }
  } catch (error) {
    throw new UserError(
      `Cannot read the stack ${stack}: ${(error as Error).message}. Check --stack, --profile and --region.`,
    );
  }
  if (found.length === 0)
    throw new UserError(
      `The stack ${stack} has no functions of a pipeline. The name of a pipeline stack is <name>-<stage>-pipeline.`,
    );
  return functionNames.flatMap((functionName) => {
    const logGroups = found.filter((each) => each.functionName === functionName).flatMap((each) => each.logGroups);
    return logGroups.length > 0 ? [{ functionName, logGroups }] : [];
  });
}

/** A log line with its CloudWatch event id. */
export type StoredLogEvent = LogEvent & { id: string };

/**
 * Reads what functions logged since a time, oldest first.
 * @param filter a filter pattern of CloudWatch Logs. Emulators ignore filter patterns for JSON, so the caller must filter the result too
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
    // Only one of the two possible log groups of a function exists.
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  return events;
}
