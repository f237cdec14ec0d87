import { readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryAlarmStore } from '../../../adapters/memory-alarm-store.ts';
import { MemoryMetricSeries } from '../../../adapters/memory-metric-series.ts';
import { parseDefinition } from '../../../catalog/parse-definition.ts';
import { readRuleTests } from '../../../cli/commands/rules.ts';
import { alarmsOf } from '../../../core/alarms/alarm.ts';
import { AlarmEvaluator } from '../../../core/alarms/alarm-evaluator.ts';
import { alarmsHere } from '../../../laptop/evaluated-alarms.ts';
import example from '../../../monitoring.config.ts';
import { playAlarm } from '../../../tools/rule-tests/play-alarm.ts';
import { runRuleTest } from '../../../tools/rule-tests/run-rule-test.ts';
import { parseSeries } from '../../../tools/rule-tests/series.ts';

const document = parseDefinition(example, { world: 'aws' });

describe('a series in the notation of promtool', () => {
  it.each([
    ['3', [3]],
    ['1 2 3', [1, 2, 3]],
    ['7x2', [7, 7, 7]],
    ['0+10x3', [0, 10, 20, 30]],
    ['5-1x2', [5, 4, 3]],
    ['-2+1x2', [-2, -1, 0]],
    ['0.1+0.1x2', [0.1, 0.2, 0.3]],
    ['1e3', [1000]],
    ['_ 1 _x2 stale', [undefined, 1, undefined, undefined, undefined]],
    ['  1   2 ', [1, 2]],
  ])('%s', (text, values) => {
    expect(parseSeries(text)).toEqual(values);
  });

  it.each([
    ['1 2 x3', 'item 3 is "x3"'],
    ['1+x3', 'item 1 is "1+x3"'],
    ['', 'item 1 is ""'],
    ['NaN', 'item 1 is "NaN"'],
    ['1x99999999', 'an item expands to 100000000 values'],
  ])('%j is refused: %s', (text, message) => {
    expect(() => parseSeries(text)).toThrow(message);
  });
});

const files = readdirSync('rule-tests').filter((file) => file.endsWith('.yaml'));

describe('rule tests', () => {
  it.each(files)('all of %s pass against the example config', (file) => {
    const { tests, interval } = readRuleTests(`rule-tests/${file}`);
    const failures = tests
      .map((test) => ({ test: test.name, ...runRuleTest(document, test, interval) }))
      .filter(({ passed }) => !passed);
    expect(failures).toEqual([]);
  });

  it('every metric rule of the example config has one', () => {
    const tested = new Set(files.flatMap((file) => readRuleTests(`rule-tests/${file}`).tests.map(({ rule }) => rule)));
    const rules = document.targets.flatMap((target) =>
      target.rules.filter(({ type }) => type === 'metric').map(({ id }) => `${target.name}/${id}`),
    );
    expect(rules.filter((rule) => !tested.has(rule))).toEqual([]);
  });

  const down = { name: 'x', rule: 'classifier/service-down', series: parseSeries('1x4 0x10') };
  it.each([
    [
      'a state that is not reached yet',
      [{ at: 420, state: 'ALARM' as const }],
      420,
      'expected ALARM, but the state is OK',
    ],
    [
      'a notification that was not sent',
      [{ at: 420, notified: [{ channel: 'ml-alerts', kind: 'opened' as const }] }],
      420,
      'expected "opened" to ml-alerts, but no notification was sent',
    ],
    [
      'one notification too many',
      [{ at: 480, notified: [{ channel: 'ml-alerts', kind: 'opened' as const }] }],
      480,
      'expected no other notification, but ml-team received "opened" after 8 min',
    ],
    [
      'another text',
      [{ at: 480, notified: [{ channel: 'ml-alerts', kind: 'opened' as const, contains: 'on fire' }] }],
      480,
      'whose text contains "on fire"',
    ],
    ['a rule that does not exist', [{ at: 60, state: 'OK' as const }], 0, 'the config has no rule'],
  ])('reports the first time that differs from the expectation: %s', (what, expectations, at, why) => {
    const test = { ...down, rule: what.startsWith('a rule') ? 'classifier/nope' : down.rule, expect: expectations };
    expect(runRuleTest(document, test, 60)).toMatchObject({ passed: false, at, why: expect.stringContaining(why) });
  });

  it('reports where the series ended if the expectation is long after it', () => {
    const result = runRuleTest(document, { ...down, expect: [{ at: 3600, state: 'ALARM' }] }, 60);
    expect(result).toMatchObject({ why: expect.stringContaining('none, the series ends after 16 min') });
  });

  it('shows the values around that time, marks those that breach, and shows the state changes', () => {
    const result = runRuleTest(document, { ...down, expect: [{ at: 480, state: 'OK' }] }, 60);
    expect(result).toMatchObject({
      why: expect.stringContaining('1 1 1 1 1 0! 0! 0! [0!] 0! 0!   (! breaches: below 1)'),
    });
    expect(result).toMatchObject({
      why: expect.stringContaining('3 of 3 datapoints of 1 min; changes: OK after 1 min, ALARM after 8 min'),
    });
  });
});

describe('playing a series', () => {
  it('gives the same changes as the evaluator of the laptop, minute by minute', async () => {
    const alarms = alarmsOf(document).filter(({ audience }) => 'people' in audience);
    const cases = fc.record({
      alarm: fc.constantFrom(...alarms),
      series: fc.array(fc.option(fc.double({ min: 0, max: 40, noNaN: true }), { nil: undefined }), {
        minLength: 1,
        maxLength: 60,
      }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ alarm, series }) => {
        const until = series.length * 60 + 1200;
        const metrics = new MemoryMetricSeries();
        const store = new MemoryAlarmStore();
        const { metric } = alarm;
        await metrics.publish(
          series.flatMap((value, i) =>
            value === undefined
              ? []
              : [{ metric: metric.name, unit: metric.unit, dimensions: metric.dimensions, at: i * 60_000, value }],
          ),
        );
        // An alarm that has a state does not wait for its first window, as playAlarm does not.
        for (const { name } of alarms) await store.save({ name, state: 'INSUFFICIENT_DATA', changedAt: 0, reason: '' });
        const seen: string[] = [];
        const evaluator = new AlarmEvaluator({
          alarms: alarmsHere(document),
          series: metrics,
          store,
          signals: { send: async () => {} },
          onTransition: ({ name }, from, to) => {
            if (name === alarm.name) seen.push(`${from} ${to}`);
          },
        });
        for (let at = 60; at <= until; at += 60) await evaluator.run(at * 1000);
        expect(playAlarm(alarm, series, 60, until).map(({ from, to }) => `${from} ${to}`)).toEqual(seen);
      }),
      { numRuns: 50 },
    );
  });
});
