import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlarmCondition } from '../../../core/alarms/alarm-condition.ts';
import { datapoints, type Point } from '../../../core/alarms/datapoint.ts';
import { evaluate, evaluationInterval, evaluationRange } from '../../../core/alarms/evaluate.ts';
import { recovers } from '../../../core/alarms/recovers.ts';
import { comparisons, missingDataPolicies } from '../../../core/rules/rule.ts';
import type { AlarmState } from '../../../events/alarm-transition.ts';
import { datapointGrid, type PlayedChange, playRecording, type Span } from '../../../tools/backtest/play-recording.ts';
import { RecordingBuilder, recordingOf } from '../../../tools/backtest/recording.ts';

/** What playing means, without a thought of speed: every evaluation cuts its own datapoints out of all points. */
function playPlainly(condition: AlarmCondition, points: readonly Point[], { start, end }: Span): PlayedChange[] {
  const everyMs = evaluationInterval(condition) * 1000;
  const changes: PlayedChange[] = [];
  let state: AlarmState = 'INSUFFICIENT_DATA';
  const rangeAt = (at: number) => {
    const { periodSeconds, statistic } = condition;
    return datapoints(points, { end: at, periodSeconds, count: evaluationRange(condition), statistic });
  };
  const recoveryAfter = (from: number) => {
    for (let at = from; at <= end; at += everyMs) if (recovers(condition, [rangeAt(at).at(-1)])) return at;
    return Number.POSITIVE_INFINITY;
  };
  for (let at = start + everyMs; at <= end; at += everyMs) {
    const range = rangeAt(at);
    const next = evaluate(condition, range, state);
    const recoveryAt = next === 'OK' && !recovers(condition, range) ? { recoveryAt: recoveryAfter(at) } : {};
    if (next !== state) changes.push({ at, from: state, to: next, range, ...recoveryAt });
    state = next;
  }
  return changes;
}

const start = Date.parse('2026-10-25T00:00:00Z');

const condition: fc.Arbitrary<AlarmCondition> = fc
  .record({
    statistic: fc.constantFrom('Minimum', 'Maximum', 'Average', 'Sum', 'SampleCount', 'p50', 'p90', 'p99.9'),
    comparison: fc.constantFrom(...comparisons),
    threshold: fc.integer({ min: -1, max: 4 }),
    periodSeconds: fc.constantFrom(10, 20, 30, 60, 120, 300),
    evaluationPeriods: fc.integer({ min: 1, max: 6 }),
    datapointsToAlarm: fc.integer({ min: 1, max: 6 }),
    missingData: fc.constantFrom(...missingDataPolicies),
  })
  .map((one) => ({ ...one, datapointsToAlarm: Math.min(one.datapointsToAlarm, one.evaluationPeriods) }));

/** Points close together, far apart, at one moment, on the borders of periods and between them. */
const points = fc
  .array(
    fc.record({
      after: fc.oneof(fc.constantFrom(0, 10_000, 60_000, 300_000, 900_000), fc.integer({ min: 0, max: 200_000 })),
      value: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.double({ min: -5, max: 5, noNaN: true })),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let at = start;
    return steps.map(({ after, value }) => {
      at += after;
      return { at, value };
    });
  });

describe('playing a recording', () => {
  it('has the same state changes as the simple implementation', () => {
    fc.assert(
      fc.property(condition, points, (alarm, recorded) => {
        const span = { start, end: (recorded.at(-1)?.at ?? start) + 3_600_000 };
        const played = playRecording(alarm, datapointGrid(alarm, recordingOf(recorded), span), span);
        expect(played).toEqual(playPlainly(alarm, recorded, span));
      }),
      { numRuns: 500 },
    );
  });

  it.each(['Minimum', 'Maximum', 'Average', 'Sum', 'p50', 'p99.9'] as const)(
    'takes the only value of a period as it is, minus zero too, for %s',
    (statistic) => {
      expect(
        datapoints([{ at: start, value: -0 }], { end: start + 10_000, periodSeconds: 10, count: 1, statistic }),
      ).toEqual([-0]);
    },
  );

  it('has the same result for windows longer than a day, which are evaluated every hour', () => {
    const alarm: AlarmCondition = {
      statistic: 'Maximum',
      comparison: 'above',
      threshold: 1,
      periodSeconds: 5400,
      evaluationPeriods: 17,
      datapointsToAlarm: 2,
      missingData: 'missing',
    };
    const recorded = Array.from({ length: 400 }, (_, i) => ({ at: start + i * 900_000, value: i % 37 === 0 ? 2 : 0 }));
    const span = { start, end: start + 10 * 86_400_000 };
    const played = playRecording(alarm, datapointGrid(alarm, recordingOf(recorded), span), span);
    expect(played.length).toBeGreaterThan(2);
    expect(played).toEqual(playPlainly(alarm, recorded, span));
  });

  it('plays another threshold over the same datapoints', () => {
    const span = { start, end: start + 600_000 };
    const alarm: AlarmCondition = {
      statistic: 'Maximum',
      comparison: 'above',
      threshold: 5,
      periodSeconds: 60,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      missingData: 'missing',
    };
    const recording = recordingOf([1, 1, 7, 7, 1, 1].map((value, i) => ({ at: start + i * 60_000, value })));
    const grid = datapointGrid(alarm, recording, span);
    const states = (threshold: number) => playRecording({ ...alarm, threshold }, grid, span).map(({ to }) => to);
    expect(states(5)).toEqual(['OK', 'ALARM', 'OK', 'INSUFFICIENT_DATA']);
    expect(states(8)).toEqual(['OK', 'INSUFFICIENT_DATA']);
  });
});

describe('a recording', () => {
  it('keeps every point as it grows, in columns without slack', () => {
    const builder = new RecordingBuilder();
    for (let i = 0; i < 3000; i += 1) builder.add(start + i, i / 2);
    const { times, values } = builder.build();
    expect([times.length, values.length, times[2999], values[2999]]).toEqual([3000, 3000, start + 2999, 1499.5]);
  });
});
