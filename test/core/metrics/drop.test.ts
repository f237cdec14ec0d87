import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmsOf } from '../../../core/alarms/alarm.ts';
import { type DropReading, type DropSettings, nextDrop } from '../../../core/metrics/drop.ts';
import type { RuleInput } from '../../../core/rules/rule.ts';
import { accuracyDegrading, accuracyDropped, usersDropped } from '../../../index.ts';
import { datapointGrid, playRecording } from '../../../tools/backtest/play-recording.ts';
import { recordingOf } from '../../../tools/backtest/recording.ts';
import { aDefinition, aDocument } from '../../support/a-document.ts';

const minute = 60_000;
const hour = 60 * minute;
const accuracy: DropSettings = { comparedSeconds: 3600, from: 5 };
const users: DropSettings = { comparedSeconds: 7 * 86_400, from: 15, as: 'percent' };

/** The readings of a metric, and the drop that a job would publish with each. */
function drops(
  values: readonly number[],
  everyMs: number,
  settings: DropSettings,
  late: (n: number) => number = () => 0,
) {
  let kept: DropReading[] = [];
  return values.map((value, n) => {
    kept = nextDrop(kept, { at: n * everyMs + late(n), value }, settings);
    return { ...kept.at(-1)!, kept: kept.length };
  });
}

const times = (count: number, value: number) => Array.from({ length: count }, () => value);

/** The hours at which the alarm of a rule changes its state, for published drops. */
function changes(
  rule: RuleInput,
  published: readonly DropReading[],
  refresh: Record<string, `${number} ${'minute' | 'hours'}`>,
) {
  const service = { ...aDefinition().services!['classifier']!, rules: [rule], refresh };
  const alarm = alarmsOf(aDocument({ services: { classifier: service } }))[0]!;
  const points = published.flatMap(({ at, drop }) => (drop === undefined ? [] : [{ at, value: drop }]));
  const span = { start: 0, end: published.at(-1)!.at };
  return playRecording(alarm, datapointGrid(alarm, recordingOf(points), span), span).map(
    ({ at, to }) => [Math.round(at / hour), to] as const,
  );
}

describe('a drop', () => {
  it('lasts for three days, until the value has recovered, and not only for one hour', () => {
    const readings = drops([...times(24, 92), ...times(72, 78), ...times(24, 92)], hour, accuracy);
    expect(readings.slice(24, 96).map(({ drop }) => drop)).toEqual(times(72, 14));
    expect(readings.slice(96).map(({ droppedSince }) => droppedSince)).toEqual(Array(24).fill(undefined));
    expect(changes(accuracyDropped(), readings, {})).toEqual([
      [1, 'OK'],
      [24, 'ALARM'],
      [96, 'OK'],
    ]);
  });

  it('is detected if the accuracy is measured each minute and falls slowly', () => {
    const fall = Array.from({ length: 14 }, (_, n) => 92 - n);
    const readings = drops([...times(180, 92), ...fall, ...times(2 * 1440, 78), ...times(180, 92)], minute, accuracy);
    const rising = changes(accuracyDegrading(), readings, { AccuracyDropPoints: '1 minute' });
    expect(rising).toEqual([
      [1, 'OK'],
      [3, 'ALARM'],
      [51, 'OK'],
    ]);
  });

  it('of users against the previous week lasts for ten days, including weekends', () => {
    const inWeek = (n: number) => (Math.floor(n / 4) % 7 >= 5 ? 600 : 1000);
    const values = Array.from({ length: 4 * 40 }, (_, n) => inWeek(n) * (n >= 4 * 14 && n < 4 * 24 ? 0.7 : 1));
    const readings = drops(values, 6 * hour, users);
    expect(readings.slice(56, 96).map(({ drop }) => Math.round(drop!))).toEqual(times(40, 30));
    expect(changes(usersDropped(), readings, {}).map(([at, to]) => [at / 24, to])).toEqual([
      [7, 'OK'],
      [14, 'ALARM'],
      [24, 'OK'],
    ]);
  });

  it.each<[sentence: string, values: number[], found: (number | undefined)[]]>([
    ['has no reference value at first', [92], [undefined]],
    ['is negative when the value rises', [80, 90], [undefined, -10]],
    ['below the threshold follows the value', [92, 88, 84, 80], [undefined, 4, 4, 4]],
    ['ends when the value has nearly recovered', [92, 80, 85, 90, 90], [undefined, 12, 7, 2, 0]],
    ['continues while the value has not recovered', [92, 80, 88, 80, 80], [undefined, 12, 4, 12, 12]],
  ])('%s', (_, values, found) => {
    expect(drops(values, hour, accuracy).map(({ drop }) => drop)).toEqual(found);
  });

  it('is the same if readings are late or missing', () => {
    const values = [...times(5, 92), ...times(48, 80)];
    const readings = drops(values, hour, accuracy, (n) => (n % 3) * 4 * minute).filter((_, n) => n % 7 !== 6);
    expect(readings.slice(6).map(({ drop }) => drop)).toEqual(times(readings.length - 6, 12));
  });

  it('in percent of zero is undefined', () => {
    expect(drops([0, 0, 5], hour, { ...accuracy, as: 'percent' }).map(({ drop }) => drop)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('needs two steps of readings without a drop', () => {
    const readings = drops([...times(50, 92), ...times(50, 70), ...times(50, 92)], hour, accuracy);
    expect(readings.map(({ kept }) => kept).at(-1)).toBeLessThanOrEqual(4);
  });

  it('property: during a drop, the reference is a value from before its start', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 100 }),
        fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 60 }),
        (level, low) => {
          const readings = drops([...times(4, level), ...low], hour, accuracy);
          for (const { droppedSince, value, drop } of readings.slice(4)) {
            if (droppedSince === 4 * hour) expect(drop).toBe(level - value);
          }
          expect(readings.slice(4).every(({ droppedSince }) => droppedSince === 4 * hour)).toBe(true);
        },
      ),
    );
  });
});
