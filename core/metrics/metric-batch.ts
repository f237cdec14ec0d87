import type { Datum, MetricSink } from './metric.ts';

/** Collects values, so that many targets share a request. A failed request is reported at the end and does not affect the others. */
export function metricBatch(metrics: MetricSink) {
  let waiting: Datum[] = [];
  const inProgress: Promise<void>[] = [];
  const failures: unknown[] = [];
  const publish = () => {
    if (waiting.length === 0) return;
    inProgress.push(metrics.publish(waiting).catch((error: unknown) => void failures.push(error)));
    waiting = [];
  };
  return {
    add: (data: readonly Datum[]) => void waiting.push(...data),
    publish,
    /**
     * Publishes the collected values and `last` in the same request, after all earlier requests have succeeded.
     * @returns the failures. If there are any, `last` was not published
     */
    end: async (last?: Datum) => {
      await Promise.all(inProgress);
      if (last && failures.length === 0) waiting.push(last);
      publish();
      await Promise.all(inProgress);
      return failures;
    },
  };
}
