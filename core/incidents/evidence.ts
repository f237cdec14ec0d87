import { breaches } from '../alarms/evaluate.ts';
import type { MonitoringDocument } from '../definition/document.ts';
import { clip, oneLine } from '../delivery/clean-text.ts';
import type { ExecutionHistory } from '../history/execution-history.ts';
import type { Run } from '../history/run.ts';
import { metricOf } from '../metrics/metric-of.ts';
import { hasMetricRule, type WatchedRule } from './watched-rule.ts';

/** How many of the newest runs are read. Older runs belong to other problems. */
const runsRead = 10;
const longestCause = 300;

/** What the last runs of a check recorded about an alert. */
export interface Evidence {
  /** The error of the last failed run, for the text of the alert: "status 503, expected 200". */
  cause?: string;
  /** The scheduled time of the first of the newest consecutive runs whose value breaches, among the runs that are read; epoch milliseconds. */
  breachingSince?: number;
}

/**
 * Finds what the last runs of the check recorded that publishes a rule's metric. Empty if no check publishes it, if none of the
 * last runs failed, or if the history cannot be read: an alert without its cause is better than a late alert.
 */
export async function evidenceOf(
  document: MonitoringDocument,
  history: Pick<ExecutionHistory, 'newestRuns'>,
  watched: WatchedRule | undefined,
): Promise<Evidence> {
  if (!watched || !hasMetricRule(watched)) return {};
  const { rule, target } = watched;
  const { source } = metricOf(document, rule.metric);
  if (!('check' in source)) return {};
  const runs: Run[] = [];
  try {
    for await (const run of history.newestRuns(source.check, target.name)) {
      runs.push(run);
      if (runs.length === runsRead) break;
    }
  } catch {
    return {};
  }
  const failed = runs.find(({ outcome, error }) => outcome === 'failed' && error !== undefined);
  const breachingSince = firstInARow(runs, ({ measurements }) => {
    const value = measurements[rule.metric];
    return value !== undefined && breaches(rule, value);
  })?.startedAt;
  return {
    ...(failed && { cause: clip(oneLine(failed.error!.message), longestCause) }),
    ...(breachingSince !== undefined && { breachingSince }),
  };
}

/** In runs with the newest first: the oldest of the consecutive runs that match, starting at the newest match. */
function firstInARow(runs: readonly Run[], is: (run: Run) => boolean): Run | undefined {
  const newest = runs.findIndex(is);
  if (newest === -1) return undefined;
  const end = runs.findIndex((run, i) => i > newest && !is(run));
  return runs[(end === -1 ? runs.length : end) - 1];
}
