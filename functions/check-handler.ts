import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { CloudwatchMetricSink } from '../adapters/cloudwatch-metric-sink.ts';
import { DynamodbExecutionHistory } from '../adapters/dynamodb-execution-history.ts';
import { bundledDocument } from '../adapters/file-document.ts';
import { loggingFailures } from '../adapters/powertools.ts';
import { SystemClock } from '../adapters/system-clock.ts';
import { loggedHistory, onTrail } from '../adapters/trail.ts';
import { shutdownSeconds } from '../core/checks/budget.ts';
import type { Observe } from '../core/checks/observe.ts';
import { runCheck } from '../core/checks/run-check.ts';
import { scheduleOf } from '../core/checks/schedules.ts';
import { namespaceOf } from '../core/metrics/metric.ts';
import type { Clock } from '../core/time/clock.ts';
import { checkTick } from '../events/check-tick.ts';

/** What every check function provides to create its instruments. */
export interface CheckGround {
  history: DynamodbExecutionHistory;
  cloudwatch: CloudWatchClient;
  clock: Clock;
}

/** The parts of the invocation's context that are used. */
type InvocationContext = Pick<Context, 'getRemainingTimeInMillis'> & Partial<Pick<Context, 'awsRequestId'>>;

/**
 * The handler of a check function. It runs the check for the tick of its schedule, within the remaining time of the
 * invocation.
 * @param instruments creates the function that observes a target
 */
export async function lambdaCheck(
  environment: { HISTORY_TABLE: string },
  instruments: (ground: CheckGround) => Observe,
): Promise<(event: unknown, context: InvocationContext) => Promise<void>> {
  const clock = new SystemClock();
  const document = await bundledDocument().read();
  const history = new DynamodbExecutionHistory(new DynamoDBClient(), environment.HISTORY_TABLE, {
    clock,
    retentionDays: document.retentionDays,
  });
  const cloudwatch = new CloudWatchClient();
  const run = runCheck({
    document,
    observe: instruments({ history, cloudwatch, clock }),
    history: loggedHistory(history),
    metrics: new CloudwatchMetricSink(cloudwatch, namespaceOf(document)),
    clock,
  });
  return loggingFailures(async (event: unknown, context: InvocationContext) => {
    const tick = parseTick(event);
    const path = `${scheduleOf(document, tick)?.id ?? tick.check}@${new Date(tick.scheduledAt).toISOString()}`;
    await onTrail(path, context, () =>
      run(tick, clock.now() + context.getRemainingTimeInMillis() - shutdownSeconds * 1000),
    );
  });
}

function parseTick(event: unknown) {
  const parsed = checkTick.safeParse(event);
  if (parsed.success) return parsed.data;
  throw new Error(`the event is not a tick of a schedule: ${JSON.stringify(event)}\n${z.prettifyError(parsed.error)}`);
}
