import { breaches } from '../alarms/evaluate.ts';
import type { MonitoringDocument } from '../definition/document.ts';
import { clip, oneLine } from '../delivery/clean-text.ts';
import type { ExecutionHistory } from '../history/execution-history.ts';
import type { Run } from '../history/run.ts';
import { metricOf } from '../metrics/metric-of.ts';
import { hasMetricRule, type WatchedRule } from './watched-rule.ts';

/** How many of the newest runs are read: an older cause belongs to another problem. */
const runsRead = 10;
const longestCause = 300;

/** What the last runs of a check say of an alert. */
export interface Evidence {
  /** What the last failed one saw, for the text of the alert: "status 503, expected 200". */
  cause?: string;
  /** When the first of the newest runs in a row was scheduled whose value breaches, as far back as runs are read; epoch milliseconds. */
  breachingSince?: number;
}

/**
 * Finds what the last runs of the check that feeds a rule saw. Nothing where no check feeds it, none of the last runs
 * failed, or the history cannot be read: an alert without its cause is better than one that waits for it.
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

/** Of runs with the newest first: the oldest of those in a row, the newest such run among them. */
function firstInARow(runs: readonly Run[], is: (run: Run) => boolean): Run | undefined {
  const newest = runs.findIndex(is);
  if (newest === -1) return undefined;
  const end = runs.findIndex((run, i) => i > newest && !is(run));
  return runs[(end === -1 ? runs.length : end) - 1];
}
