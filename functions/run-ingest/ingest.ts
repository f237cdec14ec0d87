import * as z from 'zod';
import type { MonitoringDocument } from '../../core/config/document.ts';
import type { BatchLedger } from '../../core/history/execution-history.ts';
import { runOfBatch } from '../../core/history/run.ts';
import { type Datum, dimensionsOf, type MetricSink } from '../../core/metrics/metric.ts';
import { type Consumer, done, type Outbound, type Verdict } from '../../core/queues/message.ts';
import { parseBody } from '../../core/queues/parse-body.ts';
import type { Clock } from '../../core/time/clock.ts';
import { batchNews } from '../../events/batch-news.ts';
import { type BatchRun, batchRunEvent } from '../../events/batch-run.ts';

/** What reported runs are taken in with. */
export interface IngestPorts {
  document: Pick<MonitoringDocument, 'targets'>;
  ledger: BatchLedger;
  metrics: MetricSink;
  /** The router's queue. */
  signals: Outbound;
  clock: Clock;
}

const hourMs = 3_600_000;
/** CloudWatch takes no value older than two weeks. */
const oldestMetricMs = 14 * 24 * hourMs;

/**
 * The consumer of reported batch runs: keeps the run together with the news that it owes, tells the router, then settles
 * the debt. A crash at any point repeats at most the telling, which the router knows by the run's id.
 */
export function ingest(ports: IngestPorts): Consumer {
  return async (message) => {
    const parsed = parseBody(batchRunEvent, message.body);
    if (!parsed.ok) return park(parsed.reason, 'malformed');
    const reported = parsed.content.detail;
    const objection = objectionTo(reported, ports);
    if (objection) return objection;

    const run = runOfBatch(reported);
    if (!(await ports.ledger.recordOwing(run))) return done;
    // People first: what a console shows must not hold an alert back.
    await ports.signals.send(JSON.stringify(z.encode(batchNews, { type: 'batch-run', run: reported })));
    if (ports.clock.now() - reported.finishedAt < oldestMetricMs) await ports.metrics.publish([datumOf(reported)]);
    await ports.ledger.settle(run);
    return done;
  };
}

function objectionTo(reported: BatchRun, { document, clock }: IngestPorts): Verdict | undefined {
  const jobs = document.targets.filter((target) => target.kind === 'batch').map((target) => target.name);
  if (!jobs.includes(reported.job)) {
    const known = jobs.join(', ') || 'none';
    return park(
      `batch job ${reported.job} is not in the config; there are ${known}. Add it and redrive the message`,
      'unknown-job',
    );
  }
  // Such a run would stay the newest for as long, and the job would never be missed.
  if (reported.finishedAt - clock.now() > hourMs) {
    const says = `run ${reported.runId} of ${reported.job} ends at ${new Date(reported.finishedAt).toISOString()}`;
    return park(`${says}, more than an hour ahead of our clock; mend the clock of the job's machine`, 'future');
  }
  return undefined;
}

const park = (reason: string, errorClass: string): Verdict => ({ verdict: 'dead-letter', reason, errorClass });

const datumOf = (reported: BatchRun): Datum => ({
  metric: 'BatchRunFailed',
  unit: 'Count',
  dimensions: dimensionsOf('batch', reported.job),
  at: reported.finishedAt,
  value: reported.outcome === 'failed' ? 1 : 0,
});
