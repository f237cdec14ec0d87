import type { BatchRun } from '../../events/batch-run.ts';
import type { RunSignal } from '../../events/run-signal.ts';
import { closeIncident, recordClosed } from './close-incident.ts';
import { type Group, type Member, memberOf, withIgnored, withMember } from './group.ts';
import { notify } from './notify.ts';
import { newIncident, type OpeningContext, openIncident } from './open-incident.ts';
import type { StepContext } from './step-context.ts';

/** How many batch runs a group stores, to detect a run that is reported twice. */
const storedRuns = 50;

/** A batch run has ended: applies the event rule of the group. A run that is reported twice notifies once. */
export function stepRun(group: Group, { run }: RunSignal, context: StepContext): Group {
  const { content, settings } = context;
  if (!content) return group;
  switch (settings?.event) {
    case 'batch-run-failed':
      return stepForFailures(group, run, { ...context, content });
    case 'batch-run-succeeded':
      return stepForSuccesses(group, run, { ...context, content });
    case undefined:
      return group;
  }
}

/**
 * Each failure notifies. A success resolves the incident if its run began after the failed one. Runs are ordered by their
 * start: an older run that ends later does not change the state that a newer run has set.
 */
function stepForFailures(group: Group, run: BatchRun, context: OpeningContext): Group {
  const { content, now } = context;
  const known = memberOf(group);
  if (known?.seenRuns.includes(run.runId)) return withIgnored(group, known);

  const failed = run.outcome === 'failed';
  const isLate = known !== undefined && isOlder(run, known);
  const state = isLate ? known.state : failed ? 'ALARM' : 'OK';
  const seen = withRun(group, run, { state, ignored: known?.ignored ?? 0 });
  const { incident } = seen;
  if (failed && incident) {
    const again = { ...incident, subject: { ...incident.subject, ...content.subject } };
    return notify(seen, again, { kind: 'again', now });
  }
  if (failed) {
    const open = openIncident(seen, run.finishedAt, context);
    // A newer run has already succeeded: people are notified of the failure, and immediately of its resolution.
    if (!isLate || known.state !== 'OK' || !open.incident) return open;
    return closeIncident(open, open.incident, {
      how: 'resolved',
      at: Math.max(run.finishedAt, known.changedAt),
      now,
    });
  }
  return incident && !isLate ? closeIncident(seen, incident, { how: 'resolved', at: run.finishedAt, now }) : seen;
}

/** Each success notifies once. Its incident is closed immediately, because there is no problem to resolve. */
function stepForSuccesses(group: Group, run: BatchRun, context: OpeningContext): Group {
  if (run.outcome !== 'succeeded' || memberOf(group)?.seenRuns.includes(run.runId)) return group;
  const seen = withRun(group, run, { state: 'OK', ignored: 0 });
  const incident = newIncident(group.key, run.finishedAt, context);
  return recordClosed(notify(seen, incident, { kind: 'news', now: context.now }), incident, 'news', run.finishedAt);
}

/** Whether a run began before the newest known run. */
const isOlder = (run: BatchRun, { beganAt, changedAt }: Member): boolean =>
  beganAt === undefined ? run.finishedAt < changedAt : run.startedAt < beganAt;

/** The group with a run added to the known runs. */
function withRun(group: Group, run: BatchRun, of: Pick<Member, 'state' | 'ignored'>): Group {
  const known = memberOf(group);
  return withMember(group, {
    ...of,
    changedAt: Math.max(run.finishedAt, known?.changedAt ?? 0),
    beganAt: Math.max(run.startedAt, known?.beganAt ?? 0),
    seenRuns: [...(known?.seenRuns ?? []), run.runId].slice(-storedRuns),
  });
}
