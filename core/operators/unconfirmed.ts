import type { MonitoringDocument } from '../definition/document.ts';
import { dimensionsOf, type MetricSink } from '../metrics/metric.ts';
import { operatorsUnconfirmed } from '../metrics/pipeline-metrics.ts';
import type { Clock } from '../time/clock.ts';

/** The subscriptions of the operators' topic. */
export interface OperatorSubscriptions {
  /** The email addresses whose subscription is confirmed, in lower case. */
  confirmed(): Promise<ReadonlySet<string>>;
}

export interface UnconfirmedPorts {
  document: Pick<MonitoringDocument, 'operators'>;
  subscriptions: OperatorSubscriptions;
  metrics: MetricSink;
  clock: Clock;
}

/**
 * Finds operators who would not be notified: those who have not confirmed their subscription, or have unsubscribed. It is not
 * enough to count pending subscriptions, because SNS deletes them after 48 hours.
 *
 * The metric is published only while an operator is unconfirmed: an hour without values is not billed, and the alarm on the
 * metric treats missing data as not breaching.
 * @returns the operators whose subscription is not confirmed
 */
export const reportUnconfirmed =
  ({ document, subscriptions, metrics, clock }: UnconfirmedPorts) =>
  async (): Promise<readonly string[]> => {
    if (document.operators.length === 0) return [];
    const confirmed = await subscriptions.confirmed();
    const unconfirmed = document.operators.filter((operator) => !confirmed.has(operator.toLowerCase()));
    if (unconfirmed.length > 0) {
      const { name, unit } = operatorsUnconfirmed;
      const now = clock.now();
      await metrics.publish([
        {
          metric: name,
          unit,
          dimensions: dimensionsOf('check', 'sweep'),
          at: now - (now % 60_000),
          value: unconfirmed.length,
        },
      ]);
    }
    return unconfirmed;
  };
