import type { Datum, MetricSink } from './metric.ts';

/** Gathers values, so that many targets share a request. A failed request is reported at the end; the others go out. */
export function metricBatch(metrics: MetricSink) {
  let waiting: Datum[] = [];
  const underWay: Promise<void>[] = [];
  const failures: unknown[] = [];
  const publish = () => {
    if (waiting.length === 0) return;
    underWay.push(metrics.publish(waiting).catch((error: unknown) => void failures.push(error)));
    waiting = [];
  };
  return {
    add: (data: readonly Datum[]) => void waiting.push(...data),
    publish,
    /**
     * Publishes what waits, and `last` after it in the same request, once everything before it has arrived.
     * @returns what failed; then `last` was not published
     */
    end: async (last?: Datum) => {
      await Promise.all(underWay);
      if (last && failures.length === 0) waiting.push(last);
      publish();
      await Promise.all(underWay);
      return failures;
    },
  };
}
