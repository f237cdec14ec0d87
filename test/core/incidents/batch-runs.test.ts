import { describe, expect, it } from 'vitest';
import { type Group, newGroup } from '../../../core/incidents/group.ts';
import { step } from '../../../core/incidents/step.ts';
import type { Circumstances } from '../../../core/incidents/step-context.ts';
import type { BatchRun } from '../../../events/batch-run.ts';
import { anIncident } from '../../support/a-group.ts';

const key = 'shop/prod/batch/nightly/batch-failed';
const minute = 60_000;
const { subject, audience } = anIncident('2026-11-21T02:00:00Z');
const failures: Circumstances = {
  content: { subject, audience },
  settings: { event: 'batch-run-failed', remindEverySeconds: 3600 },
};
const successes: Circumstances = { content: { subject, audience }, settings: { event: 'batch-run-succeeded' } };
/** What the router makes of a run's signal. */
const onRun = (group: Group | undefined, run: BatchRun, rule: Circumstances, now: number): Group =>
  step(group ?? newGroup(key), { type: 'batch-run', run }, { ...rule, now });
/** What people were notified of, in order. */
const told = (group: Group) =>
  group.outbox.flatMap((owed) => (owed.owes === 'notification' ? [owed.notification.kind] : []));

describe('batch runs are events, not states', () => {
  const run = (runId: string, outcome: BatchRun['outcome'], endMinute: number): BatchRun => ({
    job: 'nightly',
    runId,
    outcome,
    startedAt: (endMinute - 1) * minute,
    finishedAt: endMinute * minute,
  });
  const playRuns = (runs: BatchRun[]) =>
    runs.reduce<Group | undefined>((group, r, i) => onRun(group, r, failures, (100 + i) * minute), undefined)!;

  it.each`
    sentence                                                            | runs                                                 | told
    ${'a success says nothing'}                                         | ${[run('a', 'succeeded', 1)]}                        | ${[]}
    ${'a failure opens'}                                                | ${[run('a', 'failed', 1)]}                           | ${['opened']}
    ${'each failure is told'}                                           | ${[run('a', 'failed', 1), run('b', 'failed', 2)]}    | ${['opened', 'again']}
    ${'the next success resolves'}                                      | ${[run('a', 'failed', 1), run('b', 'succeeded', 2)]} | ${['opened', 'resolved']}
    ${'a run that is reported twice is told once'}                      | ${[run('a', 'failed', 1), run('a', 'failed', 1)]}    | ${['opened']}
    ${'a failure that is reported after the next success is told, too'} | ${[run('b', 'succeeded', 2), run('a', 'failed', 1)]} | ${['opened', 'resolved']}
    ${'an old success does not resolve a newer failure'}                | ${[run('b', 'failed', 2), run('a', 'succeeded', 1)]} | ${['opened']}
    ${'an old failure during an open incident is told'}                 | ${[run('b', 'failed', 2), run('a', 'failed', 1)]}    | ${['opened', 'again']}
  `('$sentence', ({ runs, told: expected }) => {
    expect(told(playRuns(runs))).toEqual(expected);
  });

  it('never reminds unless asked to', () => {
    const group = onRun(undefined, run('a', 'failed', 1), { ...failures, settings: { event: 'batch-run-failed' } }, 0);
    expect(group.incident?.remindAt).toBeUndefined();
  });

  const lasting = (runId: string, outcome: BatchRun['outcome'], from: number, to: number): BatchRun => ({
    ...run(runId, outcome, to),
    startedAt: from * minute,
  });
  it.each([
    {
      sentence: 'an older run that ends after a newer failure does not resolve it',
      runs: [lasting('new', 'failed', 2, 3), lasting('old', 'succeeded', 1, 9)],
      kinds: ['opened'],
    },
    {
      sentence: 'a run that began after the one that failed does, also when it began before that had ended',
      runs: [lasting('a', 'failed', 1, 5), lasting('b', 'succeeded', 2, 6)],
      kinds: ['opened', 'resolved'],
    },
    {
      sentence: 'an older run that fails after a newer success notifies, and is over at once',
      runs: [lasting('new', 'succeeded', 2, 3), lasting('old', 'failed', 1, 9)],
      kinds: ['opened', 'resolved'],
    },
    {
      sentence: 'an older run that fails after a newer failure stays open with it',
      runs: [lasting('new', 'failed', 2, 3), lasting('old', 'failed', 1, 9), lasting('older', 'succeeded', 0, 10)],
      kinds: ['opened', 'again'],
    },
  ])('of runs that overlap, $sentence', ({ runs, kinds }) => {
    expect(told(playRuns(runs))).toEqual(kinds);
  });

  it('orders by their end the runs of a group that an earlier version wrote', () => {
    const { beganAt: _, ...member } = playRuns([run('a', 'failed', 5)]).members[key]!;
    const before = { ...playRuns([run('a', 'failed', 5)]), members: { [key]: member } };
    const after = onRun(before, lasting('b', 'succeeded', 1, 6), failures, 200 * minute);
    expect(after.incident).toBeUndefined();
    expect(after.members[key]).toMatchObject({ state: 'OK', beganAt: minute });
  });

  it('notifies of a success if a rule applies to it: once, and no incident stays open', () => {
    const once = onRun(undefined, run('a', 'succeeded', 1), successes, 0);
    const twice = onRun(once, run('a', 'succeeded', 1), successes, 1);
    expect(told(once)).toEqual(['news']);
    expect(twice).toBe(once);
    expect(once.incident).toBeUndefined();
    expect(onRun(undefined, run('b', 'failed', 1), successes, 0).outbox).toEqual([]);
  });
});
