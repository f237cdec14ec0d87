import type { Observation } from '../../core/checks/observe.ts';
import { clipStart } from '../../core/delivery/clean-text.ts';
import type { JobState } from '../../core/history/execution-history.ts';
import type { Run } from '../../core/history/run.ts';

const hourMs = 3_600_000;

/** How long the next run of a job is overdue according to its schedule. */
export interface Outstanding {
  overdueMs: number;
}

/**
 * The measurements of a batch job. The outcome of this check is always ok: rules decide whether the age is too high. The age
 * is elapsed time, so that nights with a daylight saving change are an hour longer or shorter, as they are for the job.
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

/** From the counts of the run if it has them, otherwise 100 or 0 by its outcome. */
function successPercent({ outcome, measurements }: Run): number {
  const { total, successful, failed } = measurements;
  const good = successful ?? (total !== undefined && failed !== undefined ? total - failed : undefined);
  if (!total || good === undefined) return outcome === 'ok' ? 100 : 0;
  return Math.min(100, Math.max(0, (good / total) * 100));
}
