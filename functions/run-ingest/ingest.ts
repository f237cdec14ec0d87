import * as z from 'zod';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import type { BatchLedger } from '../../core/history/execution-history.ts';
import { type ReadReport, readReport } from '../../core/history/read-report.ts';
import { runOfBatch } from '../../core/history/run.ts';
import { type Datum, dimensionsOf, type MetricSink } from '../../core/metrics/metric.ts';
import { type Consumer, done, type Outbound, type Verdict } from '../../core/queues/message.ts';
import { parseBody } from '../../core/queues/parse-body.ts';
import type { Clock } from '../../core/time/clock.ts';
import type { BatchRun } from '../../events/batch-run.ts';
import { runSignal } from '../../events/run-signal.ts';

/** The ports for ingesting reported runs. */
export interface IngestPorts {
  document: Pick<MonitoringDocument, 'targets'>;
  ledger: BatchLedger;
  metrics: MetricSink;
  /** The router's queue. */
  signals: Outbound;
  clock: Clock;
}

/** CloudWatch rejects values that are older than two weeks. */
const oldestMetricMs = 14 * 24 * 3_600_000;

/**
 * The consumer of reported batch runs: stores the run with a mark for its pending signal, sends the signal to the router, then
 * removes the mark. A crash at any point repeats only the signal, which the router detects by the run's id.
 */
export function ingest(ports: IngestPorts): Consumer {
  return async (message) => {
    const report = parseReport(message.body, ports.clock.now());
    if (!report.ok) return deadLetter(report.reason, 'malformed');
    const reported = report.run;
    const unknown = unknownJob(reported, ports);
    if (unknown) return unknown;

    const run = runOfBatch(reported, report.notes);
    if (!(await ports.ledger.recordPending(run))) return done;
    // The signal is sent before the metric, so that a failing metric does not delay the alert.
    await ports.signals.send(JSON.stringify(z.encode(runSignal, { type: 'batch-run', run: reported })));
    if (ports.clock.now() - reported.finishedAt < oldestMetricMs) await ports.metrics.publish([datumOf(reported)]);
    await ports.ledger.settle(run);
    return done;
  };
}

function parseReport(body: string, now: number): ReadReport {
  const json = parseBody(z.unknown(), body);
  return json.ok ? readReport(json.content, now) : json;
}

function unknownJob({ job, runId, outcome }: BatchRun, { document }: IngestPorts): Verdict | undefined {
  const jobs = document.targets.filter((target) => target.kind === 'batch').map((target) => target.name);
  if (jobs.includes(job)) return undefined;
  const reason =
    `run ${runId} ${outcome}, but batch job ${job} is not in the config, which has ${jobs.join(', ') || 'no batch jobs'}. ` +
    'Add it and redrive the message';
  return deadLetter(reason, 'unknown-job');
}

const deadLetter = (reason: string, errorClass: string): Verdict => ({ verdict: 'dead-letter', reason, errorClass });

const datumOf = (reported: BatchRun): Datum => ({
  metric: 'BatchRunFailed',
  unit: 'Count',
  dimensions: dimensionsOf('batch', reported.job),
  at: reported.finishedAt,
  value: reported.outcome === 'failed' ? 1 : 0,
});
