import type { BatchRun } from '../../events/batch-run.ts';
import type { MonitoringDocument } from '../definition/document.ts';
import { clipStart } from '../delivery/clean-text.ts';
import { formatDuration } from '../time/duration.ts';
import { contentOf, type NotificationContent } from './notification-content.ts';
import type { WatchedRule } from './watched-rule.ts';

/** How much of a run's error is in a message, in characters from its end: the last line of a traceback has the error. */
const longestError = 500;

/** The notification content of an event rule for a batch run. */
export function runContent(document: MonitoringDocument, watched: WatchedRule, run: BatchRun): NotificationContent {
  const counts = run.total === undefined ? '' : `: ${run.successful ?? '?'} of ${run.total} items succeeded`;
  return contentOf(document, watched, {
    target: watched.target.name,
    run: run.runId,
    error:
      (run.error && clipStart(run.error.trim(), longestError)) ??
      (run.exitCode === undefined ? 'no error message' : `exit code ${run.exitCode}`),
    duration: formatDuration((run.finishedAt - run.startedAt) / 1000),
    counts,
  });
}
