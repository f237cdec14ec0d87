import type { MonitoringDocument } from '../config/document.ts';
import { clip, oneLine } from '../delivery/clean-text.ts';
import type { ExecutionHistory } from '../history/execution-history.ts';
import { metricOf } from '../metrics/registry.ts';
import type { Watch } from './watch.ts';

/** How many of the newest runs are looked at: a cause that is older is of something else. */
const runsLookedAt = 10;
const longestCause = 300;

/**
 * What the last failed check of a watch's target saw, for the text of its alert: "status 503, expected 200". Undefined where
 * no check feeds the rule, none of the last runs failed, or the history cannot be read: an alert without its cause is better
 * than one that waits for it.
 */
export async function causeOf(
  document: MonitoringDocument,
  history: Pick<ExecutionHistory, 'newestRuns'>,
  watch: Watch | undefined,
): Promise<string | undefined> {
  if (watch?.rule.type !== 'metric') return undefined;
  const { source } = metricOf(document, watch.rule.metric);
  if (!('check' in source)) return undefined;
  try {
    let looked = 0;
    for await (const { outcome, error } of history.newestRuns(source.check, watch.target.name)) {
      if (outcome === 'failed' && error) return clip(oneLine(error.message), longestCause);
      looked += 1;
      if (looked === runsLookedAt) return undefined;
    }
  } catch {
    return undefined;
  }
  return undefined;
}
