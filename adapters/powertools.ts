import { inspect } from 'node:util';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { causesOf } from '../core/causes.ts';
import { clip } from '../core/delivery/clean-text.ts';

// One of each for a function; name, level and namespace come from the POWERTOOLS_… variables that the stacks set.

/** Of the stacks of an error and its causes, in characters; a line of a log holds 256 KB. */
const longestStack = 16_000;

/**
 * JSON logs of a function. Its correlation id is that of the message at hand. An error is logged with each of its causes:
 * Powertools leaves out what an AggregateError gathers, and that is where the reason stands.
 */
export const logger = new Logger({
  jsonReplacerFn: (_key, value) => (value instanceof Error ? loggedError(value) : value),
});

/** Telemetry of the pipeline itself, as embedded metrics in the log. What is watched goes through a MetricSink instead. */
export const telemetry = new Metrics(
  process.env['POWERTOOLS_METRICS_NAMESPACE'] ? {} : { namespace: 'Tocsin/Pipeline' },
);

/**
 * A handler whose failure leaves a line of ours, with every cause, before Lambda writes its own: that one has only the
 * message and the stack of the outermost error. The failure itself is passed on.
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

/** An error as the log has it: what SDKs add to theirs (status, request id) stays beside it, the stack holds those of its causes. */
function loggedError(error: Error): Record<string, unknown> {
  const { name, message, stack: _stack, cause: _cause, ...own } = error;
  const causes = causesOf(error);
  // Some libraries gather errors in a field that shows; they are among the causes.
  if ('errors' in own) delete own.errors;
  const stack = clip(inspect(error, { depth: 4, maxArrayLength: 5 }), longestStack);
  return { ...own, name, message, stack, ...(causes.length > 0 && { causes }) };
}
