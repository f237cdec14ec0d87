import { describe, expect, it } from 'vitest';
import { newGroup } from '../../../core/incidents/group.ts';
import { parseSignal, type ReceivedSignal, type Signal, unhandled } from '../../../core/incidents/signal.ts';
import { step } from '../../../core/incidents/step.ts';
import transition from '../../../events/alarm-transition.sample.json' with { type: 'json' };
import run from '../../../events/run-signal.sample.json' with { type: 'json' };

describe('a message of the router’s queue', () => {
  it.each([
    ['an alarm’s change of state, as CloudWatch writes it', transition, 'alarm'],
    ['the same with a field that bears the name of ours', { ...transition, type: 'MetricAlarm' }, 'alarm'],
    ['a recorded run', run, 'batch-run'],
  ])('is a signal: %s', (_, message, type) => {
    expect(parseSignal(JSON.stringify(message))).toMatchObject({ ok: true, content: { type } });
  });

  it.each([
    ['a type that nothing has', { type: 'toString' }, /AlarmName/],
    ['a signal that only the sweep makes', { type: 'rule-removed' }, /AlarmName/],
    ['a run without its run', { type: 'batch-run' }, /run: /],
    ['no object', 7, /expected object/],
  ])('is none: %s', (_, message, reason) => {
    expect(parseSignal(JSON.stringify(message))).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
  });
});

describe('a kind of signal without a handler', () => {
  it('does not compile', () => {
    const handles = (signal: ReceivedSignal | { type: 'comment' }): string => {
      switch (signal.type) {
        case 'alarm':
        case 'batch-run':
          return signal.type;
        default:
          // @ts-expect-error a comment has no case above
          return unhandled(signal);
      }
    };
    expect(handles({ type: 'batch-run', run: {} as never })).toBe('batch-run');
    expect(() => handles({ type: 'comment' })).toThrow('unhandled signal: {"type":"comment"}');
  });

  it('is no signal to a group either, and fails rather than being lost', () => {
    // @ts-expect-error there is no such kind
    const comment: Signal = { type: 'comment' };
    expect(() => step(newGroup('a-group'), comment, { now: 0 })).toThrow('unhandled signal:');
  });
});
