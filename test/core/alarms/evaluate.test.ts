import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlarmCondition } from '../../../core/alarms/alarm-condition.ts';
import { type Datapoint, datapoints } from '../../../core/alarms/datapoint.ts';
import { evaluate, evaluationInterval, evaluationRange } from '../../../core/alarms/evaluate.ts';
import { type MissingData, missingDataPolicies } from '../../../core/rules/rule.ts';
import type { AlarmState } from '../../../events/alarm-transition.ts';

const condition = (change: Partial<AlarmCondition> = {}): AlarmCondition => ({
  statistic: 'Maximum',
  comparison: 'above',
  threshold: 5,
  periodSeconds: 60,
  evaluationPeriods: 3,
  datapointsToAlarm: 3,
  missingData: 'missing',
  ...change,
});

/** `0 - X`: not breaching, missing, breaching; oldest first. */
const points = (text: string): Datapoint[] => text.split(' ').map((c) => ({ '0': 0, X: 9, '-': undefined })[c]);

describe("CloudWatch's documented vectors (range of 5, N = 3)", () => {
  // The user guide's tables: points, M, then the state for missing, ignore, breaching, notBreaching. `keep` is the previous state.
  it.each`
    series         | m    | missing                | ignore     | breaching  | notBreaching
    ${'0 - X - X'} | ${3} | ${'OK'}                | ${'OK'}    | ${'OK'}    | ${'OK'}
    ${'0 - - - -'} | ${3} | ${'OK'}                | ${'OK'}    | ${'OK'}    | ${'OK'}
    ${'- - - - -'} | ${3} | ${'INSUFFICIENT_DATA'} | ${'keep'}  | ${'ALARM'} | ${'OK'}
    ${'0 X X - X'} | ${3} | ${'ALARM'}             | ${'ALARM'} | ${'ALARM'} | ${'ALARM'}
    ${'- - X - -'} | ${3} | ${'ALARM'}             | ${'keep'}  | ${'ALARM'} | ${'OK'}
    ${'0 - X - X'} | ${2} | ${'ALARM'}             | ${'ALARM'} | ${'ALARM'} | ${'ALARM'}
    ${'0 0 X 0 X'} | ${2} | ${'ALARM'}             | ${'ALARM'} | ${'ALARM'} | ${'ALARM'}
    ${'0 - X - -'} | ${2} | ${'OK'}                | ${'OK'}    | ${'ALARM'} | ${'OK'}
    ${'- - - - 0'} | ${2} | ${'OK'}                | ${'OK'}    | ${'ALARM'} | ${'OK'}
    ${'- - - X -'} | ${2} | ${'ALARM'}             | ${'keep'}  | ${'ALARM'} | ${'OK'}
  `('$series with M = $m', ({ series, m, ...expected }) => {
    for (const policy of missingDataPolicies) {
      for (const previous of ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const) {
        const wanted = expected[policy] === 'keep' ? previous : expected[policy];
        const state = evaluate(condition({ datapointsToAlarm: m, missingData: policy }), points(series), previous);
        expect(`${policy}: ${state}`).toBe(`${policy}: ${wanted}`);
      }
    }
  });

  it.each(['- - - - X', '- - - X -'])(
    'does not alarm early on %s with M = 3: the breach is younger than three periods',
    (series) => {
      expect(evaluate(condition(), points(series), 'OK')).toBe('OK');
    },
  );
});

describe('the evaluation window', () => {
  it.each`
    sentence                                                     | period  | n       | interval
    ${'a one-minute alarm is evaluated every minute'}            | ${60}   | ${3}    | ${60}
    ${'a five-minute alarm too: its window slides'}              | ${300}  | ${2}    | ${60}
    ${'high-resolution periods are evaluated every ten seconds'} | ${10}   | ${3}    | ${10}
    ${'30 s periods as well'}                                    | ${30}   | ${1}    | ${10}
    ${'a window of over a day is evaluated hourly'}              | ${3600} | ${48}   | ${3600}
    ${'a window of just a day each minute'}                      | ${60}   | ${1440} | ${60}
  `('$sentence', ({ period, n, interval }) => {
    expect(evaluationInterval(condition({ periodSeconds: period, evaluationPeriods: n }))).toBe(interval);
  });

  it('slides: at minute 6 a five-minute period contains the minutes 1 to 5', () => {
    const minute = 60_000;
    const series = [0, 1, 2, 3, 4, 5].map((m) => ({ at: m * minute, value: m }));
    const window = { end: 6 * minute, periodSeconds: 300, count: 2, statistic: 'Sum' as const };
    expect(datapoints(series, window)).toEqual([0, 1 + 2 + 3 + 4 + 5]);
  });

  it.each`
    statistic        | value
    ${'Minimum'}     | ${1}
    ${'Maximum'}     | ${10}
    ${'Average'}     | ${4}
    ${'Sum'}         | ${16}
    ${'SampleCount'} | ${4}
    ${'p50'}         | ${2.5}
    ${'p0'}          | ${1}
  `('$statistic of 1, 2, 3 and 10 is $value', ({ statistic, value }) => {
    const series = [3, 1, 10, 2].map((v) => ({ at: 0, value: v }));
    expect(datapoints(series, { end: 60_000, periodSeconds: 60, count: 1, statistic })).toEqual([value]);
  });

  it('excludes points before the range, and at or after its end', () => {
    const series = [-1, 0, 59_999, 60_000].map((at) => ({ at, value: 1 }));
    expect(datapoints(series, { end: 60_000, periodSeconds: 60, count: 1, statistic: 'Sum' })).toEqual([2]);
  });
});

describe('properties of all series', () => {
  const states = fc.constantFrom<AlarmState>('OK', 'ALARM', 'INSUFFICIENT_DATA');
  const alarm = fc
    .record({
      n: fc.integer({ min: 1, max: 6 }),
      m: fc.integer({ min: 1, max: 6 }),
      missingData: fc.constantFrom<MissingData>(...missingDataPolicies),
    })
    .map(({ n, m, missingData }) =>
      condition({ evaluationPeriods: n, datapointsToAlarm: Math.min(n, m), missingData }),
    );
  const alarmWithSeries = alarm.chain((a) =>
    fc.record({
      alarm: fc.constant(a),
      series: fc.array(fc.constantFrom<Datapoint>(0, 9, undefined), {
        minLength: evaluationRange(a),
        maxLength: evaluationRange(a),
      }),
    }),
  );

  it('the order of points does not matter', () => {
    const arrivals = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 299_999 }), value: fc.integer({ min: 0, max: 9 }) }),
    );
    fc.assert(
      fc.property(
        alarm,
        arrivals.chain((a) => fc.tuple(fc.constant(a), fc.shuffledSubarray(a, { minLength: a.length }))),
        states,
        (a, [inOrder, shuffled], previous) => {
          const window = { end: 300_000, periodSeconds: 60, count: evaluationRange(a), statistic: 'Maximum' as const };
          expect(evaluate(a, datapoints(shuffled, window), previous)).toBe(
            evaluate(a, datapoints(inOrder, window), previous),
          );
        },
      ),
    );
  });

  it('one more breaching point never turns ALARM into OK', () => {
    fc.assert(
      fc.property(alarmWithSeries, states, fc.nat(), ({ alarm: a, series }, previous, at) => {
        fc.pre(a.missingData !== 'ignore');
        const gap = at % series.length;
        fc.pre(series[gap] === undefined && evaluate(a, series, previous) === 'ALARM');
        expect(evaluate(a, series.with(gap, 9), previous)).toBe('ALARM');
      }),
    );
  });

  it('with `ignore` the same holds for an ALARM that the points prove, for any previous state', () => {
    fc.assert(
      fc.property(alarmWithSeries, states, fc.nat(), ({ alarm: a, series }, previous, at) => {
        const ignore = { ...a, missingData: 'ignore' as const };
        const gap = at % series.length;
        fc.pre(series[gap] === undefined && evaluate(ignore, series, 'OK') === 'ALARM');
        expect(evaluate(ignore, series.with(gap, 9), previous)).toBe('ALARM');
      }),
    );
  });

  it('without gaps the policy does not matter', () => {
    fc.assert(
      fc.property(alarmWithSeries, states, ({ alarm: a, series }, previous) => {
        const whole = series.map((point) => point ?? 0);
        const answers = missingDataPolicies.map((missingData) => evaluate({ ...a, missingData }, whole, previous));
        expect(new Set(answers).size).toBe(1);
      }),
    );
  });
});
