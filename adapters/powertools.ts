import { inspect } from 'node:util';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { causesOf } from '../core/causes.ts';
import { clip } from '../core/delivery/clean-text.ts';

// One instance of each per function. Name, level and namespace are in the POWERTOOLS_… variables that the stacks set.

/** The maximum length of the stack traces of an error and its causes, in characters. A log line is limited to 256 KB. */
const longestStack = 16_000;

/**
 * The JSON logger of a function. An error is logged with each of its causes: Powertools omits the errors of an
 * AggregateError, which have the reason.
 */
export const logger = new Logger({
  jsonReplacerFn: (_key, value) => (value instanceof Error ? loggedError(value) : value),
});

/** Telemetry of the pipeline itself, as embedded metrics in the log. Metrics of targets are published through a MetricSink. */
export const telemetry = new Metrics(
  process.env['POWERTOOLS_METRICS_NAMESPACE'] ? {} : { namespace: 'Tocsin/Pipeline' },
);

/**
 * A handler that logs a failure with every cause before it throws the error again: the line that Lambda logs has only the
 * message and the stack of the outermost error.
 */
export const loggingFailures =
  <Event, Context, Answer>(handler: (event: Event, context: Context) => Promise<Answer>) =>
  async (event: Event, context: Context): Promise<Answer> => {
    try {
      return await handler(event, context);
    } catch (error) {
      const thrown = error instanceof Error ? error : new Error(String(error));
      logger.error('the invocation failed', { what: 'invocation', error: thrown });
      throw error;
    }
  };

/** An error as it is logged: fields that SDKs add (status, request id) are included, and the stack has those of its causes. */
function loggedError(error: Error): Record<string, unknown> {
  const { name, message, stack: _stack, cause: _cause, ...own } = error;
  const causes = causesOf(error);
  // Some libraries have an enumerable field with errors; they are already among the causes.
  if ('errors' in own) delete own.errors;
  const stack = clip(inspect(error, { depth: 4, maxArrayLength: 5 }), longestStack);
  return { ...own, name, message, stack, ...(causes.length > 0 && { causes }) };
}
