import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { at } from './account.ts';

/** Calls a function and waits for its answer. @returns why it failed, or undefined: an error, or messages that it did not do */
export async function invoke(endpoint: string, functionName: string, event: unknown): Promise<string | undefined> {
  const { FunctionError, Payload } = await new LambdaClient(at(endpoint)).send(
    new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) }),
  );
  const answer = Payload?.transformToString() ?? '';
  const batch = JSON.parse(answer || 'null') as { batchItemFailures?: unknown[] } | null;
  return FunctionError || (batch?.batchItemFailures?.length ?? 0) > 0 ? answer.slice(0, 300) : undefined;
}

/**
 * Gives the environments up that a function has, so that the next call finds a new one without anything cached.
 * @param change says which variables are replaced. @default none, and the environments are given up all the same
 */
export async function renew(
  endpoint: string,
  functionName: string,
  change: (variables: Readonly<Record<string, string>>) => Record<string, string> = () => ({}),
): Promise<void> {
  const lambda = new LambdaClient(at(endpoint));
  const FunctionName = functionName;
  const { Timeout, Environment: { Variables = {} } = {} } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName }),
  );
  await lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName,
      Timeout,
      Environment: { Variables: { ...Variables, ...change(Variables) } },
    }),
  );
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 20 }, { FunctionName });
}
