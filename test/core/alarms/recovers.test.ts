import { describe, expect, it } from 'vitest';
import type { AlarmCondition } from '../../../core/alarms/alarm-condition.ts';
import { recovers } from '../../../core/alarms/recovers.ts';
import { missingDataPolicies } from '../../../core/rules/rule.ts';

const condition: AlarmCondition = {
  statistic: 'Maximum',
  comparison: 'above',
  threshold: 5,
  periodSeconds: 60,
  evaluationPeriods: 3,
  datapointsToAlarm: 3,
  missingData: 'missing',
};
/** `0` good, `X` breaching, `-` missing; oldest first. */
const points = (text: string) => text.split(' ').map((c) => ({ '0': 0, X: 9, '-': undefined })[c]);

describe('whether the values show that a target has recovered', () => {
  it.each`
    series       | missing  | ignore   | breaching | notBreaching | sentence
    ${'X X 0'}   | ${true}  | ${true}  | ${true}   | ${true}      | ${'the newest value is good'}
    ${'0 0 X'}   | ${false} | ${false} | ${false}  | ${false}     | ${'the newest value breaches'}
    ${'X 0 - -'} | ${true}  | ${true}  | ${true}   | ${true}      | ${'the last value before missing data is good'}
    ${'0 X - -'} | ${false} | ${false} | ${false}  | ${true}      | ${'it breaches: recovered only if missing data counts as good'}
    ${'- - -'}   | ${false} | ${false} | ${false}  | ${true}      | ${'nothing is known'}
  `('$series: $sentence', ({ series, ...expected }) => {
    for (const missingData of missingDataPolicies)
      expect([missingData, recovers({ ...condition, missingData }, points(series))]).toEqual([
        missingData,
        expected[missingData],
      ]);
  });
});
