import type { BatchRun } from '../../events/batch-run.ts';
import type { Brief } from './brief.ts';
import type { Group, Member } from './group.ts';
import { ignored, newGroup, withMember, written } from './group-change.ts';
import { closed, newIncident, opened, recordOf, told } from './incident-life.ts';

// Part of the state machine of incidents: pure functions from a group, and what happened, to the group that follows. Each
// returns the same object when nothing changes, so that nothing is written.

/** How many batch runs a group remembers to tell one reported twice from a new one. */
const runsRemembered = 50;

/**
 * A batch run failed or succeeded: each failure notifies, and a success resolves when its run began after the one that
 * failed. Runs are ordered by their start: an older run that ends later says nothing of a newer one. A run that is
 * reported twice notifies once.
 */
export function onFailureRule(before: Group | undefined, key: string, run: BatchRun, brief: Brief, now: number): Group {
  const group = before ?? newGroup(key);
  const known = group.members[key];
  if (known?.seenRuns.includes(run.runId)) return ignored(group, key, known, now);

  const failed = run.outcome === 'failed';
  const isLate = known !== undefined && isOlder(run, known);
  const state = isLate ? known.state : failed ? 'ALARM' : 'OK';
  const seen = withMember(
    group,
    key,
    {
      state,
      ...newest(run, known),
      ignored: known?.ignored ?? 0,
      seenRuns: [...(known?.seenRuns ?? []), run.runId].slice(-runsRemembered),
    },
    now,
  );
  if (failed && seen.incident)
    return told(seen, { ...seen.incident, subject: { ...seen.incident.subject, ...brief.subject } }, 'again', now);
  if (failed) {
    const open = opened(seen, brief, run.finishedAt, now);
    // A newer run has already succeeded: people are notified of the failure, and at once that it is over.
    const over = isLate && known.state === 'OK';
    return over && open.incident
      ? closed(open, open.incident, 'resolved', Math.max(run.finishedAt, known.changedAt), now)
      : open;
  }
  return seen.incident && !isLate ? closed(seen, seen.incident, 'resolved', run.finishedAt, now) : seen;
}

/** News that opens nothing: told once. */
export function onNewsRule(before: Group | undefined, key: string, run: BatchRun, brief: Brief, now: number): Group {
  const group = before ?? newGroup(key);
  const known = group.members[key];
  if (run.outcome !== 'succeeded' || known?.seenRuns.includes(run.runId)) return group;
  const seenRuns = [...(known?.seenRuns ?? []), run.runId].slice(-runsRemembered);
  const seen = withMember(group, key, { state: 'OK', ...newest(run, known), ignored: 0, seenRuns }, now);
  const news = told(seen, newIncident(key, brief, run.finishedAt), 'news', now);
  return written(
    { ...news, incident: undefined, outbox: [...news.outbox, recordOf(news.incident!, 'news', run.finishedAt)] },
    now,
  );
}

/** Whether a run began before the newest that is known. */
const isOlder = (run: BatchRun, { beganAt, changedAt }: Member): boolean =>
  beganAt === undefined ? run.finishedAt < changedAt : run.startedAt < beganAt;

/** The newest times of the runs that are known, this one among them. */
const newest = (run: BatchRun, known: Member | undefined): Pick<Member, 'changedAt' | 'beganAt'> => ({
  changedAt: Math.max(run.finishedAt, known?.changedAt ?? 0),
  beganAt: Math.max(run.startedAt, known?.beganAt ?? 0),
});
