import { describe, expect, it } from 'vitest';
import { dueAtOf } from '../../../core/incidents/due-at.ts';
import { type Group, newGroup } from '../../../core/incidents/group.ts';
import { noDataNoticeSeconds } from '../../../core/incidents/incident-marks.ts';
import { withoutEntries } from '../../../core/incidents/publish-outbox.ts';
import type { AlarmSignal } from '../../../core/incidents/signal.ts';
import { step } from '../../../core/incidents/step.ts';
import type { Circumstances } from '../../../core/incidents/step-context.ts';
import type { AlarmState } from '../../../events/alarm-transition.ts';
import { anIncident } from '../../support/a-group.ts';
import { alarmSignal } from '../../support/a-signal.ts';

const key = 'shop/prod/service/classifier/service-down';
const minute = 60_000;
const { subject, audience } = anIncident('2026-11-21T02:00:00Z');
const rule: Circumstances = { content: { subject, audience }, settings: { remindEverySeconds: 3600 } };

const signal = (state: AlarmState, atMinute: number) => alarmSignal(state, atMinute * minute);
const play = (signals: readonly AlarmSignal[], before = newGroup(key)): Group =>
  signals.reduce((group, s, i) => step(group, s, { ...rule, now: (100 + i) * minute }), before);
const sweepAt = (now: number, group: Group, of: Circumstances = {}): Group =>
  step(group, { type: 'time' }, { ...of, now });
/** What people were notified of, in order. */
const told = (group: Group) =>
  group.outbox.flatMap((owed) => (owed.owes === 'notification' ? [owed.notification.kind] : []));

describe('every pair of states', () => {
  it.each`
    before                 | then                   | told                      | incident           | sentence
    ${undefined}           | ${'OK'}                | ${[]}                     | ${'none'}          | ${'a first OK is silent'}
    ${undefined}           | ${'ALARM'}             | ${['opened']}             | ${'open'}          | ${'a first ALARM opens'}
    ${undefined}           | ${'INSUFFICIENT_DATA'} | ${[]}                     | ${'none'}          | ${'a first "no data" is silent'}
    ${'OK'}                | ${'OK'}                | ${[]}                     | ${'none'}          | ${'OK again is silent'}
    ${'OK'}                | ${'ALARM'}             | ${['opened']}             | ${'open'}          | ${'ALARM after OK opens'}
    ${'OK'}                | ${'INSUFFICIENT_DATA'} | ${[]}                     | ${'none'}          | ${'no data after OK is silent'}
    ${'ALARM'}             | ${'OK'}                | ${['opened', 'resolved']} | ${'none'}          | ${'OK resolves'}
    ${'ALARM'}             | ${'ALARM'}             | ${['opened']}             | ${'open'}          | ${'ALARM again says nothing new'}
    ${'ALARM'}             | ${'INSUFFICIENT_DATA'} | ${['opened']}             | ${'open, no data'} | ${'no data keeps the incident open and marks it'}
    ${'INSUFFICIENT_DATA'} | ${'OK'}                | ${[]}                     | ${'none'}          | ${'OK after no data is no news'}
    ${'INSUFFICIENT_DATA'} | ${'ALARM'}             | ${['opened']}             | ${'open'}          | ${'ALARM after no data opens'}
    ${'INSUFFICIENT_DATA'} | ${'INSUFFICIENT_DATA'} | ${[]}                     | ${'none'}          | ${'no data again is silent'}
  `('$sentence', ({ before, then, told: expected, incident }) => {
    const group = play([...(before ? [signal(before, 1)] : []), signal(then, 2)]);
    expect(told(group)).toEqual(expected);
    const open = group.incident ? (group.incident.noDataSince === undefined ? 'open' : 'open, no data') : 'none';
    expect(open).toBe(incident);
  });
});

describe('every order of two, three and four signals, duplicates included', () => {
  const states: AlarmState[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];
  const histories = (length: number): AlarmState[][] =>
    length === 0 ? [[]] : histories(length - 1).flatMap((head) => states.map((state) => [...head, state]));
  const orders = (items: readonly number[]): number[][] =>
    items.length === 0
      ? [[]]
      : items.flatMap((item) => orders(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));

  it.each([2, 3, 4])('of %i signals, any order ends in the same truth', (length) => {
    let played = 0;
    for (const history of histories(length)) {
      const truth = history.map((state, i) => signal(state, i + 1));
      const decisive = history.findLast((state) => state !== 'INSUFFICIENT_DATA');
      for (const order of orders(truth.map((_, i) => i))) {
        // Each order plain, with its first signal repeated at the end, and with every signal doubled.
        for (const arrivals of [order, [...order, order[0]!], order.flatMap((i) => [i, i])]) {
          const group = play(arrivals.map((i) => truth[i]!));
          const label = `${history.join(' ')} arriving as ${arrivals.join('')}`;
          expect(group.members[key]?.state, label).toBe(history.at(-1));
          expect(group.incident !== undefined, label).toBe(decisive === 'ALARM');
          expect(group.incident?.noDataSince !== undefined, label).toBe(
            decisive === 'ALARM' && history.at(-1) === 'INSUFFICIENT_DATA',
          );
          // What opened was told, and what closed was told after it.
          const kinds = told(group);
          expect(kinds, label).toEqual(kinds.map((_, i) => (i % 2 === 0 ? 'opened' : 'resolved')));
          expect(kinds.length % 2 === 1, label).toBe(group.incident !== undefined);
          played += 1;
        }
      }
    }
    expect(played).toBe(3 ** length * [1, 1, 2, 6, 24][length]! * 3);
  });

  it('counts what it ignores', () => {
    const group = play([signal('ALARM', 2), signal('ALARM', 2), signal('OK', 1)]);
    expect(group.members[key]?.ignored).toBe(2);
  });
});

describe('what time brings', () => {
  const open = () => play([signal('ALARM', 1)]);

  it('reminds after the interval, not before', () => {
    const group = open();
    expect(sweepAt(group.incident!.remindAt! - 1, group)).toBe(group);
    expect(told(sweepAt(group.incident!.remindAt!, group))).toEqual(['opened', 'reminder']);
  });

  it('skips the reminders that were missed while nothing ran, and keeps the rhythm', () => {
    const group = open();
    const first = group.incident!.remindAt!;
    const late = sweepAt(first + 5 * 3_600_000 + minute, group);
    expect(told(late)).toEqual(['opened', 'reminder']);
    expect(late.incident?.remindAt).toBe(first + 6 * 3_600_000);
  });

  it('notifies of "no data" after its delay, once', () => {
    const group = play([signal('INSUFFICIENT_DATA', 2)], open());
    const due = group.incident!.tellNoDataAt!;
    expect(due).toBe(100 * minute + noDataNoticeSeconds * 1000);
    const after = sweepAt(due, group);
    expect(told(after)).toEqual(['opened', 'no-data']);
    expect(told(sweepAt(due + minute, after))).toEqual(['opened', 'no-data']);
  });

  it('does not notify of "no data" while the check itself does not run, and checks again', () => {
    const group = play([signal('INSUFFICIENT_DATA', 2)], open());
    const due = group.incident!.tellNoDataAt!;
    const after = sweepAt(due, group, { noDataExplained: true });
    expect(told(after)).toEqual(['opened']);
    expect(after.incident?.tellNoDataAt).toBe(due + noDataNoticeSeconds * 1000);
  });

  it('is due for its outbox, for its reminder, or not at all', () => {
    const group = open();
    expect(dueAtOf(group, 100 * minute)).toBe(100 * minute + 30_000);
    const published = withoutEntries(group, new Set(group.outbox.map((entry) => entry.id)));
    expect(dueAtOf(published, 101 * minute)).toBe(group.incident?.remindAt);
    const over = play([signal('OK', 2)], published);
    const quiet = withoutEntries(over, new Set(over.outbox.map((entry) => entry.id)));
    expect(dueAtOf(quiet, 102 * minute)).toBeUndefined();
  });

  it('closes the incident of a removed rule, notifies once, and leaves a record', () => {
    const closed = step(open(), { type: 'rule-removed' }, { now: 200 * minute });
    expect(told(closed)).toEqual(['opened', 'closed']);
    expect(step(closed, { type: 'rule-removed' }, { now: 201 * minute })).toBe(closed);
    expect(closed.outbox.find((owed) => owed.owes === 'record')).toMatchObject({
      closed: { how: 'rule-removed', closedAt: 200 * minute },
    });
  });

  it('names an incident by its group and moment, so that a replayed signal names the same one', () => {
    expect(play([signal('ALARM', 7)]).incident?.id).toBe(play([signal('OK', 1), signal('ALARM', 7)]).incident?.id);
    expect(play([signal('ALARM', 7)]).incident?.id).not.toBe(play([signal('ALARM', 8)]).incident?.id);
  });
});

describe('an incident that is held open after recovery (keepFiringFor)', () => {
  const held = { ...rule, settings: { ...rule.settings, keepFiringSeconds: 1800 } };
  const on = (group: Group, state: AlarmState, atMinute: number) =>
    step(group, signal(state, atMinute), { ...held, now: atMinute * minute });
  const recovered = () => on(on(newGroup(key), 'ALARM', 1), 'OK', 5);

  it('says nothing on recovery, and is due when its time is over', () => {
    expect(told(recovered())).toEqual(['opened']);
    expect(recovered().incident).toMatchObject({ recoveredAt: 5 * minute, closeAt: 35 * minute });
  });

  it('resolves when the time is over, with the moment of the recovery', () => {
    expect(sweepAt(35 * minute - 1, recovered())).toMatchObject({ incident: { closeAt: 35 * minute } });
    const closed = sweepAt(35 * minute, recovered());
    expect(closed.incident).toBeUndefined();
    expect(told(closed)).toEqual(['opened', 'resolved']);
    expect(closed.outbox.find((owed) => owed.owes === 'record')).toMatchObject({ closed: { closedAt: 5 * minute } });
  });

  it('goes on as one incident when the alarm fires again in time', () => {
    const again = on(recovered(), 'ALARM', 20);
    expect(told(again)).toEqual(['opened']);
    expect(again.incident).not.toHaveProperty('closeAt');
    expect(again.incident?.id).toBe(recovered().incident?.id);
    expect(told(sweepAt(36 * minute, again))).toEqual(['opened']);
  });

  it('is no less over when the metric stops meanwhile', () => {
    const silent = on(recovered(), 'INSUFFICIENT_DATA', 10);
    expect(told(sweepAt(34 * minute, silent))).toEqual(['opened']);
    expect(told(sweepAt(35 * minute, silent))).toEqual(['opened', 'resolved']);
  });

  it('resolves at once when the signal comes later than the time', () => {
    const open = on(newGroup(key), 'ALARM', 1);
    expect(told(step(open, signal('OK', 5), { ...held, now: 40 * minute }))).toEqual(['opened', 'resolved']);
  });
});

describe('an incident of which another one says it all (inhibits)', () => {
  const quiet = () =>
    step(newGroup(key), signal('ALARM', 1), { ...rule, now: minute, inhibitedBy: 'error-rate-critical' });
  const noted = (group: Group) => group.outbox.flatMap((owed) => (owed.owes === 'timeline' ? [owed.entry.what] : []));

  it('opens without a word, noted in its timeline', () => {
    expect(told(quiet())).toEqual([]);
    expect(noted(quiet())).toEqual(['inhibited']);
    expect(quiet().incident?.inhibited).toEqual({ by: 'error-rate-critical', tellAt: 2 * minute });
  });

  it('stays quiet while the other is open', () => {
    const later = sweepAt(2 * minute, quiet(), { inhibitedBy: 'error-rate-critical' });
    expect(told(later)).toEqual([]);
    expect(later.incident?.inhibited?.tellAt).toBe(3 * minute);
  });

  it('is notified once the other is over and it still fires, and reminds from then on', () => {
    const spoken = sweepAt(2 * minute, quiet());
    expect(told(spoken)).toEqual(['opened']);
    expect(spoken.incident).toMatchObject({ openedAt: minute, remindAt: 62 * minute });
    expect(spoken.incident).not.toHaveProperty('inhibited');
  });

  it('ends without a word when it recovers first, and leaves its record', () => {
    const over = step(quiet(), signal('OK', 2), { ...rule, now: 2 * minute });
    expect(told(over)).toEqual([]);
    expect(noted(over)).toEqual(['inhibited', 'resolved']);
    expect(over.outbox.some((owed) => owed.owes === 'record')).toBe(true);
  });

  it('that was notified already gets no reminder meanwhile, and keeps its interval', () => {
    const open = play([signal('ALARM', 1)]);
    const { remindAt } = open.incident!;
    const muted = sweepAt(remindAt!, open, { inhibitedBy: 'error-rate-critical' });
    expect(told(muted)).toEqual(['opened']);
    expect(muted.incident?.remindAt).toBe(remindAt! + 60 * minute);
  });
});
