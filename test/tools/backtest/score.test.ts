import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../../catalog/parse-definition.ts';
import { alarmsOf } from '../../../core/alarms/alarm.ts';
import { watchedRules } from '../../../core/incidents/watched-rule.ts';
import { nightOf } from '../../../core/time/night.ts';
import { serviceDown } from '../../../index.ts';
import { alertsOf } from '../../../tools/backtest/alerts.ts';
import { backtest, rhythmOf, spanOf } from '../../../tools/backtest/backtest.ts';
import type { PlayedChange } from '../../../tools/backtest/play-recording.ts';
import { recordingOf } from '../../../tools/backtest/recording.ts';
import { score } from '../../../tools/backtest/score.ts';
import { metricRules, variantsOf } from '../../../tools/backtest/variants.ts';
import { playAlarm } from '../../../tools/rule-tests/play-alarm.ts';
import { playMetricRule } from '../../../tools/rule-tests/play-metric-rule.ts';
import { aDefinition } from '../../support/a-document.ts';

const noon = Date.parse('2026-11-01T12:00:00Z');
const at = (minutes: number) => noon + minutes * 60_000;
const alert = (from: number, to: number) => ({ from: at(from), to: at(to) });
const states = { A: 'ALARM', O: 'OK', I: 'INSUFFICIENT_DATA' } as const;

/** `1A 5O`: ALARM after a minute, OK after five. */
const changes = (text: string): PlayedChange[] =>
  text.split(' ').map((word) => ({
    at: at(Number(word.slice(0, -1))),
    from: 'OK',
    to: states[word.at(-1) as keyof typeof states],
    range: [],
  }));

describe('the alerts of an alarm', () => {
  it.each([
    ['ALARM opens and OK resolves', '1A 5O 7A 8O', [alert(1, 5), alert(7, 8)]],
    ['missing data keeps an open alert open', '1A 3I 4A 5O', [alert(1, 5)]],
    ['missing data opens no alert', '1I 5O', []],
    ['an OK without an alert has no effect', '1O 2A 3O 4I 5O', [alert(2, 3)]],
    ['an alert that is open at the end of the recording ends there', '1O 2A', [{ ...alert(2, 60), open: true }]],
  ])('%s', (_, text, alerts) => {
    expect(alertsOf(changes(text), at(60))).toEqual(alerts);
  });
});

describe('the alerts of a rule that keeps firing for ten minutes', () => {
  it.each([
    ['resolve ten minutes after the OK', '1A 5O', [alert(1, 15)]],
    ['continue if it fires again in time', '1A 5O 14A 20O', [alert(1, 30)]],
    ['continue if it fires again at the last moment', '1A 5O 15A 20O', [alert(1, 30)]],
    ['are two if it fires again later', '1A 5O 16A 20O', [alert(1, 15), alert(16, 30)]],
    ['wait from the last OK', '1A 5O 7I 9O', [alert(1, 19)]],
    ['are open if the recording ends before', '1A 55O', [{ ...alert(1, 60), open: true }]],
  ])('%s', (_, text, alerts) => {
    expect(alertsOf(changes(text), at(60), 600)).toEqual(alerts);
  });

  it('are those that the router opens and resolves, for any values', () => {
    const value = fc.constantFrom(0, 1, 1, undefined);
    const values = fc
      .array(fc.tuple(value, fc.integer({ min: 1, max: 12 })), { minLength: 1, maxLength: 12 })
      .map((runs) => runs.flatMap(([one, times]) => Array.from({ length: times }, () => one)));
    const held = fc.constantFrom(undefined, '3 minutes' as const, '10 minutes' as const);
    fc.assert(
      fc.property(values, held, (series, keepFiringFor) => {
        const { services, ...rest } = aDefinition();
        const rules = [serviceDown({ for: '2 minutes', remindEvery: 'never', keepFiringFor })];
        const classifier = { ...services!['classifier']!, rules };
        const one = parseDefinition({ ...rest, services: { classifier } }, { world: 'laptop' });
        const watch = watchedRules(one)[0]! as Parameters<typeof playMetricRule>[1];
        const alarm = alarmsOf(one).find(({ name }) => name === watch.alarm)!;
        const until = (series.length + 30) * 60;
        const { notified } = playMetricRule(one, watch, series, 60, until);
        const opened = notified.filter(
          ({ notification: n }) => n.channel === 'ml-team' && /opened|resolved/.test(n.kind),
        );
        const played = playAlarm(alarm, series, 60, until).map((change) => ({ ...change, at: change.at * 1000 }));
        const alerts = alertsOf(played, until * 1000, watch.rule.keepFiringFor);
        expect(alerts.flatMap(({ from, to, open }) => (open ? [from / 1000] : [from / 1000, to / 1000]))).toEqual(
          opened.map((message) => message.at),
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('the score of alerts', () => {
  const yardstick = { timeZone: 'UTC', flapWithinSeconds: 900, windowSeconds: 300 };

  it.each([
    ['nothing', [], { alerts: 0, totalSeconds: 0, flaps: 0, nights: 0 }],
    [
      'two alerts, the median between them',
      [alert(0, 10), alert(60, 80)],
      { alerts: 2, totalSeconds: 1800, medianSeconds: 900, flaps: 0, nights: 0 },
    ],
    [
      'three alerts, the one in the middle',
      [alert(0, 1), alert(60, 70), alert(120, 122)],
      { alerts: 3, totalSeconds: 780, medianSeconds: 120, flaps: 0, nights: 0 },
    ],
    [
      'an alert a quarter of an hour after the last is a flap',
      [alert(0, 10), alert(25, 26)],
      { alerts: 2, totalSeconds: 660, medianSeconds: 330, flaps: 1, nights: 0 },
    ],
    [
      'a minute later it is none',
      [alert(0, 10), alert(26, 27)],
      { alerts: 2, totalSeconds: 660, medianSeconds: 330, flaps: 0, nights: 0 },
    ],
    [
      'two alerts of one night, at 23:00 and 06:00',
      [alert(660, 661), alert(1080, 1081)],
      { alerts: 2, totalSeconds: 120, medianSeconds: 60, flaps: 0, nights: 1 },
    ],
    [
      'one alert in each of two nights',
      [alert(660, 661), alert(2100, 2101)],
      { alerts: 2, totalSeconds: 120, medianSeconds: 60, flaps: 0, nights: 2 },
    ],
  ])('%s', (_, alerts, expected) => {
    expect(score(alerts, yardstick)).toEqual(expected);
  });

  const outage = alert(60, 90);
  it.each([
    [
      'is detected when its alert opens',
      [alert(65, 95)],
      { missed: 0, medianSecondsToDetect: 300, longestSecondsToDetect: 300, falseAlarms: 0 },
    ],
    [
      'is detected at once by an alert that is open already',
      [alert(30, 61)],
      { missed: 0, medianSecondsToDetect: 0, longestSecondsToDetect: 0, falseAlarms: 0 },
    ],
    ['is not detected by an alert that ended as it began', [alert(30, 60)], { missed: 1, falseAlarms: 1 }],
    [
      'is missed when its alert opens after it, which is not false while the window still shows it',
      [alert(94, 99)],
      { missed: 1, falseAlarms: 0 },
    ],
    ['is missed, and a later alert false', [alert(96, 99)], { missed: 1, falseAlarms: 1 }],
    ['is missed without alerts', [], { missed: 1, falseAlarms: 0 }],
    [
      'counts once however often it is told',
      [alert(61, 62), alert(70, 71)],
      { missed: 0, medianSecondsToDetect: 60, longestSecondsToDetect: 60, falseAlarms: 0 },
    ],
  ])('an outage %s', (_, alerts, expected) => {
    expect(score(alerts, { ...yardstick, outages: [outage] }).outages).toEqual({ known: 1, ...expected });
  });
});

describe('the night of a point in time', () => {
  it.each([
    ['2026-11-01T21:59:59Z', 'UTC', undefined],
    ['2026-11-01T22:00:00Z', 'UTC', '2026-11-01'],
    ['2026-11-02T06:59:59Z', 'UTC', '2026-11-01'],
    ['2026-11-02T07:00:00Z', 'UTC', undefined],
    ['2026-11-01T21:00:00Z', 'Europe/Berlin', '2026-11-01'],
    ['2026-06-01T05:00:00Z', 'Europe/Berlin', undefined],
    // The night of the clock change is an hour longer.
    ['2026-10-25T05:59:00Z', 'Europe/Berlin', '2026-10-24'],
    ['2026-03-01T01:00:00Z', 'UTC', '2026-02-28'],
    ['2027-01-01T05:00:00Z', 'Pacific/Kiritimati', undefined],
  ])('%s in %s: %s', (moment, timeZone, expected) => {
    expect(nightOf(Date.parse(moment), timeZone)).toBe(expected);
  });
});

describe('a backtest', () => {
  const document = parseDefinition(aDefinition(), { world: 'laptop' });
  const found = metricRules(document).get('classifier/service-down')!;
  const up = (values: readonly number[]) => ({
    recording: recordingOf(values.map((value, i) => ({ at: at(i), value }))),
    warnings: [],
  });
  const yardstick = { timeZone: 'UTC', flapWithinSeconds: 900 };

  it('plays each threshold with each duration, and the current rule', () => {
    const variants = variantsOf(document, found, { thresholds: [2, 0.5], durations: [60, 120] });
    expect(variants.map(({ threshold, forSeconds, current }) => [threshold, forSeconds, current])).toEqual([
      [0.5, 60, false],
      [0.5, 120, false],
      [found.rule.threshold, found.rule.for, true],
      [2, 60, false],
      [2, 120, false],
    ]);
    expect(variants[1]!.alarm).toMatchObject({ evaluationPeriods: 2, datapointsToAlarm: 2, threshold: 0.5 });
  });

  it('keeps M of N if it fits, and uses N of N otherwise', () => {
    const rule = { ...found.rule, for: 300, datapointsToAlarm: 3 };
    const variants = variantsOf(document, { ...found, rule }, { thresholds: [], durations: [120, 600] });
    expect(variants.map(({ alarm }) => [alarm.datapointsToAlarm, alarm.evaluationPeriods])).toEqual([
      [2, 2],
      [3, 5],
      [3, 10],
    ]);
  });

  it('shows that a shorter duration is faster and has more alerts', () => {
    const minutes = [...Array(30).fill(1), 0, 0, ...Array(30).fill(1), ...Array(20).fill(0), ...Array(10).fill(1)];
    const variants = variantsOf(document, found, { thresholds: [], durations: [120, 300] });
    const outages = [{ from: at(62), to: at(82) }];
    const results = [...backtest(variants, up(minutes), { ...yardstick, outages })];
    expect(results.map(({ forSeconds, score: s }) => [forSeconds, s.alerts, s.outages])).toEqual([
      [120, 2, { known: 1, missed: 0, medianSecondsToDetect: 120, longestSecondsToDetect: 120, falseAlarms: 1 }],
      [found.rule.for, 1, expect.objectContaining({ missed: 0, falseAlarms: 0 })],
      [300, 1, { known: 1, missed: 0, medianSecondsToDetect: 300, longestSecondsToDetect: 300, falseAlarms: 0 }],
    ]);
  });

  it('plays up to the evaluation that includes the last point, or to the end of the known time range', () => {
    expect(spanOf(up([1, 1]))).toEqual({ start: noon, end: at(2) });
    expect(spanOf({ ...up([1, 1]), until: at(30) })).toEqual({ start: noon, end: at(30) });
  });

  it('sums values that are already sample counts', () => {
    const rule = { ...found.rule, statistic: 'SampleCount' as const, threshold: 10, for: 60 };
    const variants = variantsOf(document, { ...found, rule }, { thresholds: [], durations: [] });
    const alertsFor = (recorded: Parameters<typeof backtest>[1]) =>
      [...backtest(variants, recorded, yardstick)][0]!.alerts.length;
    expect([alertsFor(up([20, 20, 20])), alertsFor({ ...up([20, 20, 20]), isStatistic: true })]).toEqual([1, 0]);
  });

  it('refuses a recording of more than ten years', () => {
    const recording = recordingOf([
      { at: 0, value: 1 },
      { at: noon, value: 1 },
    ]);
    expect(() => spanOf({ recording, warnings: [] })).toThrow('the maximum for a backtest is ten years');
  });

  it('finds the usual step, and the gaps in it', () => {
    const recording = recordingOf([0, 1, 2, 3, 10, 11, 12].map((minute) => ({ at: at(minute), value: 1 })));
    expect(rhythmOf({ recording, warnings: [] })).toEqual({ step: 60, gaps: 1, longestGap: 420 });
  });
});
