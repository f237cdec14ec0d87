import type { BatchRun } from '../../events/batch-run.ts';
import type { MonitoringDocument } from '../definition/document.ts';
import { clipStart } from '../delivery/clean-text.ts';
import { formatDuration } from '../time/duration.ts';
import { contentOf, type NotificationContent } from './notification-content.ts';
import type { WatchedRule } from './watched-rule.ts';

/** How much of a run's error stands in a message: its end, where a traceback says what went wrong. */
const longestError = 500;

/** What an event rule says of a batch run. */
export function runContent(document: MonitoringDocument, watched: WatchedRule, run: BatchRun): NotificationContent {
  const counts = run.total === undefined ? '' : `: ${run.successful ?? '?'} of ${run.total} items succeeded`;
  return contentOf(document, watched, {
    target: watched.target.name,
    run: run.runId,
    error:
      (run.error && clipStart(run.error.trim(), longestError)) ??
      (run.exitCode === undefined ? 'no reason was given' : `exit code ${run.exitCode}`),
    duration: formatDuration((run.finishedAt - run.startedAt) / 1000),
    counts,
  });
}
