import { describe, expect, it } from 'vitest';
import type { Brief } from '../../../core/incidents/brief.ts';
import type { Group } from '../../../core/incidents/group.ts';
import { noDataPatienceSeconds, onAlarm } from '../../../core/incidents/on-alarm.ts';
import { onDue, onKept, onRuleRemoved } from '../../../core/incidents/on-time.ts';
import type { AlarmState } from '../../../events/alarm-transition.ts';
import { anIncident } from '../../support/a-group.ts';

const key = 'shop/prod/service/classifier/service-down';
const minute = 60_000;
const brief: Brief = {
  subject: anIncident('2026-11-21T02:00:00Z').subject,
  audience: [{ channel: 'ml-alerts', channelKind: 'slack' }],
  remindEverySeconds: 3600,
};

const signal = (state: AlarmState, atMinute: number) => ({ state, changedAt: atMinute * minute });
const play = (signals: readonly { state: AlarmState; changedAt: number }[], before?: Group): Group =>
  signals.reduce<Group | undefined>((group, s, i) => onAlarm(group, key, s, brief, (100 + i) * minute), before)!;
/** What people were told, in order. */
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
    expect(onDue(group, group.incident!.remindAt! - 1)).toBe(group);
    expect(told(onDue(group, group.incident!.remindAt!))).toEqual(['opened', 'reminder']);
  });

  it('skips the reminders that were missed while nothing ran, and keeps the rhythm', () => {
    const group = open();
    const first = group.incident!.remindAt!;
    const late = onDue(group, first + 5 * 3_600_000 + minute);
    expect(told(late)).toEqual(['opened', 'reminder']);
    expect(late.incident?.remindAt).toBe(first + 6 * 3_600_000);
  });

  it('tells "no data" once its patience is over, once', () => {
    const group = play([signal('INSUFFICIENT_DATA', 2)], open());
    const due = group.incident!.tellNoDataAt!;
    expect(due).toBe(100 * minute + noDataPatienceSeconds * 1000);
    const after = onDue(group, due);
    expect(told(after)).toEqual(['opened', 'no-data']);
    expect(told(onDue(after, due + minute))).toEqual(['opened', 'no-data']);
  });

  it('does not tell "no data" while our own check explains it, and looks again', () => {
    const group = play([signal('INSUFFICIENT_DATA', 2)], open());
    const due = group.incident!.tellNoDataAt!;
    const after = onDue(group, due, { explained: true });
    expect(told(after)).toEqual(['opened']);
    expect(after.incident?.tellNoDataAt).toBe(due + noDataPatienceSeconds * 1000);
  });

  it('is due for what it owes, for its reminder, or not at all', () => {
    const group = open();
    expect(group.dueAt).toBe(100 * minute + 30_000);
    const kept = onKept(group, new Set(group.outbox.map((owed) => owed.id)), 101 * minute);
    expect(kept.dueAt).toBe(group.incident?.remindAt);
    const over = play([signal('OK', 2)], kept);
    const quiet = onKept(over, new Set(over.outbox.map((owed) => owed.id)), 102 * minute);
    expect(quiet.dueAt).toBeUndefined();
  });

  it('closes the incident of a removed rule, told once, and leaves a record', () => {
    const closed = onRuleRemoved(open(), 200 * minute);
    expect(told(closed)).toEqual(['opened', 'closed']);
    expect(onRuleRemoved(closed, 201 * minute)).toBe(closed);
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
  const held = { ...brief, keepFiringSeconds: 1800 };
  const on = (group: Group | undefined, state: AlarmState, atMinute: number) =>
    onAlarm(group, key, signal(state, atMinute), held, atMinute * minute);
  const recovered = () => on(on(undefined, 'ALARM', 1), 'OK', 5);

  it('says nothing on recovery, and is due when its time is over', () => {
    expect(told(recovered())).toEqual(['opened']);
    expect(recovered().incident).toMatchObject({ recoveredAt: 5 * minute, closeAt: 35 * minute });
  });

  it('resolves when the time is over, with the moment of the recovery', () => {
    expect(onDue(recovered(), 35 * minute - 1)).toMatchObject({ incident: { closeAt: 35 * minute } });
    const closed = onDue(recovered(), 35 * minute);
    expect(closed.incident).toBeUndefined();
    expect(told(closed)).toEqual(['opened', 'resolved']);
    expect(closed.outbox.find((owed) => owed.owes === 'record')).toMatchObject({ closed: { closedAt: 5 * minute } });
  });

  it('goes on as one incident when the alarm fires again in time', () => {
    const again = on(recovered(), 'ALARM', 20);
    expect(told(again)).toEqual(['opened']);
    expect(again.incident).not.toHaveProperty('closeAt');
    expect(again.incident?.id).toBe(recovered().incident?.id);
    expect(told(onDue(again, 36 * minute))).toEqual(['opened']);
  });

  it('is no less over when the metric stops meanwhile', () => {
    const silent = on(recovered(), 'INSUFFICIENT_DATA', 10);
    expect(told(onDue(silent, 34 * minute))).toEqual(['opened']);
    expect(told(onDue(silent, 35 * minute))).toEqual(['opened', 'resolved']);
  });

  it('resolves at once when the signal comes later than the time', () => {
    const open = on(undefined, 'ALARM', 1);
    expect(told(onAlarm(open, key, signal('OK', 5), held, 40 * minute))).toEqual(['opened', 'resolved']);
  });
});

describe('an incident of which another one says it all (inhibits)', () => {
  const quiet = () => onAlarm(undefined, key, signal('ALARM', 1), brief, minute, 'error-rate-critical');
  const noted = (group: Group) => group.outbox.flatMap((owed) => (owed.owes === 'timeline' ? [owed.entry.what] : []));

  it('opens without a word, noted in its timeline', () => {
    expect(told(quiet())).toEqual([]);
    expect(noted(quiet())).toEqual(['inhibited']);
    expect(quiet().incident?.inhibited).toEqual({ by: 'error-rate-critical', tellAt: 2 * minute });
  });

  it('stays quiet while the other is open', () => {
    const later = onDue(quiet(), 2 * minute, { inhibitedBy: 'error-rate-critical' });
    expect(told(later)).toEqual([]);
    expect(later.incident?.inhibited?.tellAt).toBe(3 * minute);
  });

  it('is told once the other is over and it still fires, and reminds from then on', () => {
    const spoken = onDue(quiet(), 2 * minute);
    expect(told(spoken)).toEqual(['opened']);
    expect(spoken.incident).toMatchObject({ openedAt: minute, remindAt: 62 * minute });
    expect(spoken.incident).not.toHaveProperty('inhibited');
  });

  it('ends without a word when it recovers first, and leaves its record', () => {
    const over = onAlarm(quiet(), key, signal('OK', 2), brief, 2 * minute);
    expect(told(over)).toEqual([]);
    expect(noted(over)).toEqual(['inhibited', 'resolved']);
    expect(over.outbox.some((owed) => owed.owes === 'record')).toBe(true);
  });

  it('that was told already gets no reminder meanwhile, and keeps its rhythm', () => {
    const open = play([signal('ALARM', 1)]);
    const { remindAt } = open.incident!;
    const muted = onDue(open, remindAt!, { inhibitedBy: 'error-rate-critical' });
    expect(told(muted)).toEqual(['opened']);
    expect(muted.incident?.remindAt).toBe(remindAt! + 60 * minute);
  });
});
