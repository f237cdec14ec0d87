import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmsOf } from '../../../core/alarms/alarm.ts';
import { significantSamples } from '../../../core/alarms/few-samples.ts';
import type { RuleInput } from '../../../core/rules/rule.ts';
import { slowResponses } from '../../../index.ts';
import { cloudwatchAlarm } from '../../../lib/cloudwatch-alarm.ts';
import { datapointGrid, playRecording } from '../../../tools/backtest/play-recording.ts';
import { recordingOf } from '../../../tools/backtest/recording.ts';
import { runRuleTest } from '../../../tools/rule-tests/run-rule-test.ts';
import { parseSeries } from '../../../tools/rule-tests/series.ts';
import { aDefinition, aDocument } from '../../support/a-document.ts';

// A p99 of ten requests is not significant: it is the slowest of them. `fewSamples: 'ignore'` waits for enough samples.

describe('the samples that a percentile needs', () => {
  it.each([
    { percentile: 'p50', samples: 20 },
    { percentile: 'p90', samples: 100 },
    { percentile: 'p95', samples: 200 },
    { percentile: 'p99', samples: 1000 },
    { percentile: 'p99.9', samples: 10_000 },
    { percentile: 'p10', samples: 100 },
  ])('$percentile: $samples', ({ percentile, samples }) => {
    expect(significantSamples(percentile)).toBe(samples);
  });
});

const document = (fewSamples: 'evaluate' | 'ignore') =>
  aDocument({
    services: {
      classifier: {
        ...aDefinition().services!['classifier']!,
        rules: [{ ...slowResponses({ aboveSeconds: 2 }), statistic: 'p95', for: '2 minutes', fewSamples } as RuleInput],
      },
    },
  });
const play = (fewSamples: 'evaluate' | 'ignore', series: string, samples: string | undefined, state: 'OK' | 'ALARM') =>
  runRuleTest(
    document(fewSamples),
    {
      name: 'x',
      rule: 'classifier/slow-responses',
      series: parseSeries(series),
      samples: samples === undefined ? undefined : parseSeries(samples),
      expect: [{ at: 600, state }],
    },
    60,
  );

describe('a rule that ignores few samples', () => {
  it.each`
    sentence                                                               | series           | samples             | state
    ${'fires with enough samples'}                                         | ${'1x4 3x4'}     | ${'200x9'}          | ${'ALARM'}
    ${'does not fire with one sample less'}                                | ${'1x4 3x4'}     | ${'199x9'}          | ${undefined}
    ${'keeps its state while a quiet hour breaches'}                       | ${'1x4 3x4'}     | ${'200x4 10x4'}     | ${'OK'}
    ${'stays in ALARM while there are too few samples to recover'}         | ${'3x4 1x4'}     | ${'200x4 10x4'}     | ${'ALARM'}
    ${'fires when there are enough samples again and the window breaches'} | ${'1x4 3x4'}     | ${'200x4 10x3 900'} | ${'ALARM'}
    ${'counts older periods of few samples once the newest has enough'}    | ${'1x4 3x1 3'}   | ${'200x4 10x1 200'} | ${'ALARM'}
    ${'counts them, too, once the newest has none'}                        | ${'1x4 3x1 _x5'} | ${'200x4 10x1 _x5'} | ${'ALARM'}
    ${'keeps its state while each newest period has too few samples'}      | ${'1x4 3x4'}     | ${'200x4 199x4'}    | ${'OK'}
    ${'treats each value as enough if a test has no sample counts'}        | ${'1x4 3x4'}     | ${undefined}        | ${'ALARM'}
  `('$sentence', ({ series, samples, state }) => {
    const result = play('ignore', series, samples, state ?? 'OK');
    expect(result).toMatchObject(state ? { passed: true } : { why: expect.stringContaining('is INSUFFICIENT_DATA') });
  });

  it('property: changes its state only when its newest period has enough samples, or none', () => {
    const alarm = alarmsOf(document('ignore'))[0]!;
    const minute = fc.record({ value: fc.constantFrom(1, 3, undefined), samples: fc.constantFrom(10, 199, 200, 900) });
    fc.assert(
      fc.property(fc.array(minute, { minLength: 5, maxLength: 30 }), (minutes) => {
        const points = minutes.flatMap(({ value, samples }, n) =>
          value === undefined ? [] : [{ at: n * 60_000, value, samples }],
        );
        const span = { start: 0, end: minutes.length * 60_000 };
        const gridOf = (values: { at: number; value: number }[]) => datapointGrid(alarm, recordingOf(values), span);
        const samples = gridOf(points.map((point) => ({ at: point.at, value: point.samples })));
        for (const { at } of playRecording(alarm, gridOf(points), span, samples)) {
          const newest = points.find((point) => point.at === at - 60_000);
          expect(newest?.samples ?? 200).toBeGreaterThanOrEqual(200);
        }
      }),
    );
  });

  it.each`
    sentence                                   | fewSamples    | samples    | says
    ${'for a rule that evaluates few samples'} | ${'evaluate'} | ${'200x9'} | ${'samples have no effect'}
    ${'of a different length'}                 | ${'ignore'}   | ${'200x4'} | ${'10 values but 5 samples'}
  `('refuses samples $sentence', ({ fewSamples, samples, says }) => {
    expect(play(fewSamples, '1x4 3x4', samples, 'OK')).toMatchObject({ at: 0, why: expect.stringContaining(says) });
  });

  it('becomes the setting of CloudWatch', () => {
    const settingsOf = (fewSamples: 'evaluate' | 'ignore') =>
      alarmsOf(document(fewSamples))
        .filter(({ statistic }) => statistic === 'p95')
        .map((alarm) => cloudwatchAlarm(alarm, 'topic').evaluateLowSampleCountPercentile);
    expect([settingsOf('ignore'), settingsOf('evaluate')]).toEqual([['ignore'], [undefined]]);
  });
});
