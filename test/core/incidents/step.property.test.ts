import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueAtOf, isDue } from '../../../core/incidents/due-at.ts';
import { type Group, newGroup } from '../../../core/incidents/group.ts';
import type { Signal } from '../../../core/incidents/signal.ts';
import { step } from '../../../core/incidents/step.ts';
import type { Circumstances, IncidentSettings, StepContext } from '../../../core/incidents/step-context.ts';
import type { AlarmState } from '../../../events/alarm-transition.ts';
import type { BatchRun } from '../../../events/batch-run.ts';
import { anIncident } from '../../support/a-group.ts';
import { alarmSignal } from '../../support/a-signal.ts';

// Whatever arrives, in whatever order and however often: what must hold of a group after each signal. One group has the
// signals that can reach it, so that there is one for each kind of rule.

const minute = 60_000;
const { subject, audience } = anIncident('2026-11-21T02:00:00Z');
const content = { subject, audience };

const alarm = fc
  .tuple(fc.constantFrom<AlarmState>('OK', 'ALARM', 'INSUFFICIENT_DATA'), fc.nat(12))
  .map(([state, at]) => alarmSignal(state, at * minute));
const run = fc.tuple(fc.nat(9), fc.boolean()).map(([n, failed]): Signal => {
  const times = { startedAt: n * minute, finishedAt: (n + ((n * 7) % 5) + 1) * minute + n };
  const ended: BatchRun = { job: 'nightly', runId: `run-${n}`, outcome: failed ? 'failed' : 'succeeded', ...times };
  return { type: 'batch-run', run: ended };
});
const bySweep = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Signal>({ type: 'time' }) },
  { weight: 2, arbitrary: fc.nat(20).map((at): Signal => ({ type: 'recovery', at: at * minute })) },
  { weight: 1, arbitrary: fc.constant<Signal>({ type: 'rule-removed' }) },
);
const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  inhibitedBy: fc.constantFrom(undefined, undefined, 'another-rule'),
  cause: fc.constantFrom(undefined, 'status 503, expected 200'),
  stillBreaching: fc.boolean(),
  noDataExplained: fc.boolean(),
});
const settings = fc.record({
  remindEverySeconds: fc.constantFrom(undefined, 300),
  keepFiringSeconds: fc.constantFrom(undefined, 600),
});

/** A signal, how long after the last one it arrives, and what else is known then. */
type Arrival = [signal: Signal, afterMinutes: number, circumstances: Circumstances];
const lifeOf = (event: IncidentSettings['event'], signals: readonly fc.Arbitrary<Signal>[]) => {
  const arrival: fc.Arbitrary<Arrival> = fc.tuple(fc.oneof(...signals, bySweep), fc.nat(6), circumstances);
  return fc.tuple(
    settings.map((said): IncidentSettings => ({ ...said, event })),
    fc.array(arrival, { maxLength: 40 }),
  );
};
const lives = fc.oneof(
  lifeOf(undefined, [alarm, alarm, run]),
  lifeOf('batch-run-failed', [run]),
  lifeOf('batch-run-succeeded', [run]),
);

interface Moment {
  before: Group;
  signal: Signal;
  context: StepContext;
  after: Group;
}

/** Plays a life, and holds what a check says against each of its moments. */
const always = (check: (moment: Moment, earlier: readonly Moment[]) => void) =>
  fc.assert(
    fc.property(lives, ([said, arrivals]) => {
      const moments: Moment[] = [];
      let before = newGroup('a-group');
      let now = 20 * minute;
      for (const [signal, afterMinutes, of] of arrivals) {
        now += afterMinutes * minute;
        const context = { ...of, content, settings: said, now };
        const after = step(before, signal, context);
        check({ before, signal, context, after }, moments);
        moments.push({ before, signal, context, after });
        before = after;
      }
    }),
    { numRuns: 1000 },
  );

/** The ids of the incidents that the outbox has begun and not ended, in its order. At most one at a time. */
function openIn({ outbox }: Group): string[] {
  const open = new Set<string>();
  for (const owed of outbox) {
    if (owed.owes === 'timeline') open.add(owed.entry.incident);
    if (owed.owes === 'record') open.delete(owed.closed.incident);
    expect(open.size).toBeLessThanOrEqual(1);
  }
  return [...open];
}

describe('for any signals, repeated and in any order', () => {
  it('at most one incident is open, and every other has its record', () => {
    always(({ after }) => expect(openIn(after)).toEqual(after.incident ? [after.incident.id] : []));
  });

  it('the outbox only grows', () => {
    always(({ before, after }) => expect(after.outbox.slice(0, before.outbox.length)).toEqual(before.outbox));
  });

  it('sequences increase: no two lines of a timeline and no two rounds of notifications have the same', () => {
    always(({ before, after }) => {
      const added = after.outbox.slice(before.outbox.length);
      const lines = added.flatMap((owed) =>
        owed.owes === 'timeline' ? [Number.parseInt(owed.entry.sequence, 10)] : [],
      );
      expect(lines).toEqual(lines.map((_, i) => before.lastSequence + 1 + i));
      expect(after.lastSequence).toBe(before.lastSequence + lines.length);
      for (const owed of added) if (owed.owes === 'notification') expect(lines).toContain(owed.notification.sequence);
    });
  });

  it('what arrives again, at once or later, changes nothing that people would notice', () => {
    const noticed = ({ incident, lastSequence, outbox, members }: Group) => ({
      incident,
      lastSequence,
      outbox,
      states: Object.values(members).map(({ state, changedAt }) => [state, changedAt]),
    });
    always(({ signal, context, after }, earlier) => {
      for (const old of [signal, ...earlier.map((moment) => moment.signal)]) {
        if (old.type !== 'alarm' && old.type !== 'batch-run') continue;
        expect(noticed(step(after, old, context))).toEqual(noticed(after));
      }
    });
  });

  it('time does nothing before the group is due, and something when it is', () => {
    always(({ after: { outbox: _, ...rest }, context }) => {
      const group = { ...rest, outbox: [] };
      const passing = (now: number) => step(group, { type: 'time' }, { ...context, now });
      const dueAt = dueAtOf(group, context.now);
      if (dueAt === undefined) expect(passing(context.now + 1e12)).toBe(group);
      else {
        expect(passing(dueAt - 1)).toBe(group);
        // What else is due for an inhibited incident waits until that is checked again.
        if (!group.incident?.inhibited) expect(passing(dueAt)).not.toBe(group);
      }
    });
  });

  it('a recovery that nothing waits for is nothing but time that passes', () => {
    always(({ before, signal, context, after }) => {
      if (signal.type !== 'recovery' || isDue(before.incident?.recheckAt, context.now)) return;
      expect(after).toEqual(step(before, { type: 'time' }, context));
    });
  });

  it('an outbox is due within half a minute, or earlier with what else is', () => {
    always(({ after, context }) => {
      if (after.outbox.length === 0) return;
      const alone = dueAtOf({ ...after, outbox: [] }, context.now) ?? Number.POSITIVE_INFINITY;
      expect(dueAtOf(after, context.now)).toBe(Math.min(context.now + 30_000, alone));
    });
  });
});
