import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';

// One of each for a function; name, level and namespace come from the POWERTOOLS_… variables that the stacks set.

/** JSON logs of a function. Its correlation id is that of the message at hand. */
export const logger = new Logger();

/** Telemetry of the pipeline itself, as embedded metrics in the log. What is watched goes through a MetricSink instead. */
export const telemetry = new Metrics(
  process.env['POWERTOOLS_METRICS_NAMESPACE'] ? {} : { namespace: 'Tocsin/Pipeline' },
);
