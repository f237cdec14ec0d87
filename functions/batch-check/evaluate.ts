import type { Observation } from '../../core/checks/observe.ts';
import { clipStart } from '../../core/delivery/clean-text.ts';
import type { JobState } from '../../core/history/execution-history.ts';
import type { Run } from '../../core/history/run.ts';

const hourMs = 3_600_000;

/** What the schedule of a job says of its next run. */
export interface Outstanding {
  overdueMs: number;
}

/**
 * What is known of a batch job, as numbers. The look itself is always ok: whether the age is too high is for a rule. Age
 * is time that really passed, so the nights of the clock change are hours longer or shorter, as they are for the job.
 */
export function evaluate({ firstSeenAt, lastRun }: JobState, now: number, outstanding?: Outstanding): Observation {
  const since = Math.max(firstSeenAt, lastRun?.finishedAt ?? firstSeenAt);
  return {
    outcome: 'ok',
    measurements: {
      HoursSinceLastRun: Math.max(0, now - since) / hourMs,
      ...(outstanding && { HoursOverdue: outstanding.overdueMs / hourMs }),
      ...(lastRun && { BatchSuccessPercent: successPercent(lastRun) }),
    },
    details: lastRun
      ? {
          lastRun: lastRun.id,
          lastOutcome: lastRun.outcome,
          lastFinishedAt: new Date(lastRun.finishedAt).toISOString(),
          ...(lastRun.error && { lastError: clipStart(lastRun.error.message, 200) }),
        }
      : { lastRun: null, firstSeenAt: new Date(firstSeenAt).toISOString() },
  };
}

/** By the counts of the run where it has them, else all or nothing by its outcome. */
function successPercent({ outcome, measurements }: Run): number {
  const { total, successful, failed } = measurements;
  const good = successful ?? (total !== undefined && failed !== undefined ? total - failed : undefined);
  if (!total || good === undefined) return outcome === 'ok' ? 100 : 0;
  return Math.min(100, Math.max(0, (good / total) * 100));
}
