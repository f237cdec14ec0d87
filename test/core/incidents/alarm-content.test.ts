import { describe, expect, it } from 'vitest';
import { type Alarm, alarmsOf } from '../../../core/alarms/alarm.ts';
import { transitionMessage } from '../../../core/alarms/transition-message.ts';
import { alarmContent } from '../../../core/incidents/alarm-content.ts';
import { findWatchedRule, type WatchedMetricRule } from '../../../core/incidents/watched-rule.ts';
import type { RuleInput } from '../../../core/rules/rule.ts';
import { alarmTransition } from '../../../events/alarm-transition.ts';
import { availabilityLow, driftDetected, inferenceLatencySpike, rule, serviceDown } from '../../../index.ts';
import { aDefinition, aDocument } from '../../support/a-document.ts';

const on = (metric: string, said: object = {}) =>
  rule({
    ...{ id: 'own', tier: 'high', metric, statistic: 'Maximum', comparison: 'above', threshold: 1, for: '1 minute' },
    ...{ missingData: 'missing', summary: 's', description: '{{value}}', runbook: { because: 'a test' } },
    ...said,
  } as Parameters<typeof rule>[0]);
const metrics = {
  Ready: { unit: 'None', yesOrNo: true, definition: 'd', calculation: 'c' },
  Psi: { unit: 'None', definition: 'd', calculation: 'c', range: { min: 0, max: 1 } },
  ModelLatency: { unit: 'Microseconds', definition: 'd', calculation: 'c' },
} as const;

/** What a message says of value and limit when the alarm of this rule fires at a value. */
function numbersOf(said: RuleInput, value: number) {
  const service = { ...aDefinition().services!['classifier']!, rules: [said] };
  const document = aDocument({ metrics, services: { classifier: service } });
  const alarm: Alarm = alarmsOf(document)[0]!;
  const change = { from: 'OK', to: 'ALARM', at: 0, range: Array(alarm.evaluationPeriods).fill(value) } as const;
  const watch = findWatchedRule(document, alarm.name) as WatchedMetricRule;
  const { subject } = alarmContent(document, watch, alarmTransition.parse(transitionMessage(alarm, change)));
  return [subject.value, subject.threshold];
}

describe('the numbers of a message', () => {
  it.each<[sentence: string, said: RuleInput, value: number, says: unknown[]]>([
    ['a drift score has no unit and is still a number', driftDetected(), 0.31, ['0.31', 'above 0.2']],
    ['so is a metric of one’s own between 0 and 1', on('Psi', { threshold: 0.25 }), 0.3, ['0.3', 'above 0.25']],
    ['a yes or no needs no number', serviceDown({ for: '1 minute' }), 0, [undefined, undefined]],
    ['nor does one of one’s own', on('Ready', { comparison: 'below' }), 0, [undefined, undefined]],
    ['a share of yeses does', availabilityLow(), 0.98, ['0.98', 'below 0.999']],
    [
      'microseconds keep their unit',
      on('ModelLatency', { threshold: 500_000 }),
      612_345.6,
      ['612,346 µs', 'above 500,000 µs'],
    ],
    ['a count of samples is in no unit', on('ModelLatency', { statistic: 'SampleCount' }), 7, ['7', 'above 1']],
    [
      'a value just over its limit reads as another number',
      inferenceLatencySpike(),
      10.0004,
      ['10.0004 s', 'above 10 s'],
    ],
    ['a tiny value is read back', on('Psi', { threshold: 1e-8 }), 1.234e-7, ['0.000000123', 'above 0.00000001']],
  ])('%s', (_, said, value, says) => {
    const [shown, limit] = numbersOf(said, value);
    expect([shown, limit?.replace(/ for .*/, '')]).toEqual(says);
  });
});
