import { describe, expect, it } from 'vitest';
import { findMetric } from '../../../catalog/metrics/catalogue.ts';
import * as builders from '../../../catalog/rules/rules.ts';
import { type Alarm, alarmsOf } from '../../../core/alarms/alarm.ts';
import type { MonitoringDocument } from '../../../core/definition/document.ts';
import type { RuleInput } from '../../../core/rules/rule.ts';
import { type Duration, parseDuration } from '../../../core/time/duration.ts';
import { accuracyDropped, accuracyLow, confidenceLow, throughputLow } from '../../../index.ts';
import { datapointGrid, playRecording } from '../../../tools/backtest/play-recording.ts';
import { recordingOf } from '../../../tools/backtest/recording.ts';
import { lintRules } from '../../../tools/lint/lint-rules.ts';
import { isBelow } from '../../../tools/lint/threshold-lints.ts';
import { aDefinition, aDocument } from '../../support/a-document.ts';

// How often a metric has a new value is the user's to state. Whatever they state, the rules on it work.

type Refresh = Record<string, Duration>;

/** The rules on metrics that no check of ours measures, as their builders make them. */
const shipped = Object.values(builders)
  .filter((build) => build !== builders.rule)
  .map((build) => (build as () => RuleInput)())
  .filter((made): made is RuleInput & { type: 'metric' } => {
    if (made.type !== 'metric') return false;
    const { source } = findMetric(made.metric)!;
    return !('check' in source);
  });

function documentWith(rule: RuleInput & { type: 'metric' }, refresh: Refresh): MonitoringDocument {
  const dimensions = { CWAgent: { InstanceId: 'i-0' } };
  return findMetric(rule.metric)!.of === 'service'
    ? aDocument({
        services: { shop: { ...aDefinition().services!['classifier']!, rules: [rule], dimensions, refresh } },
        batchJobs: {},
        volumes: {},
      })
    : aDocument({ services: {}, batchJobs: { job: { rules: [rule], refresh } }, volumes: {} });
}

const alarmOf = (rule: RuleInput & { type: 'metric' }, refresh: Refresh): Alarm =>
  alarmsOf(documentWith(rule, refresh))[0]!;

/** The states that an alarm goes through over good, then bad, then good values, each some seconds after its scheduled moment. */
function statesOf(alarm: Alarm, everySeconds: number): string[] {
  const each = Math.max(6, 3 * Math.ceil((alarm.periodSeconds * alarm.evaluationPeriods) / everySeconds));
  const bad = isBelow(alarm) ? alarm.threshold - 1 : alarm.threshold + 1;
  const good = isBelow(alarm) ? alarm.threshold * 10 + 1 : alarm.threshold - 1;
  const values = [good, bad, good].flatMap((value) => Array.from({ length: each }, () => value));
  const points = values.map((value, n) => ({ at: 1000 * (n * everySeconds + 10), value }));
  const span = { start: 0, end: 1000 * values.length * everySeconds };
  return playRecording(alarm, datapointGrid(alarm, recordingOf(points), span), span).map(({ to }) => to);
}

describe.each<Duration>(['1 minute', '15 minutes', '1 hour', '6 hours', '1 day'])('refreshed every %s', (every) => {
  const cases = shipped
    // A Sum is of so many minutes; a shorter one than the refresh is refused, see below.
    .filter(({ statistic }) => statistic !== 'Sum')
    .map((rule) => [rule.id, rule] as const);
  it.each(cases)('%s fires once, stays, and resolves once', (_, rule) => {
    expect(statesOf(alarmOf(rule, { [rule.metric]: every }), parseDuration(every)!)).toEqual(['OK', 'ALARM', 'OK']);
  });
});

describe('the refresh that a target states', () => {
  const windowOf = (rule: RuleInput, refresh: Refresh) => {
    const { periodSeconds, evaluationPeriods } = alarmOf(rule as RuleInput & { type: 'metric' }, refresh);
    return [periodSeconds, evaluationPeriods];
  };

  it.each<[sentence: string, rule: RuleInput, refresh: Refresh, window: number[]]>([
    ['by default accuracy and its drop are measured every hour', accuracyDropped(), {}, [3600, 1]],
    ['shortens the periods of a rule', accuracyDropped(), { AccuracyDropPoints: '1 minute' }, [60, 5]],
    ['lengthens them, also where the builder has its own', confidenceLow(), { ConfidencePercent: '1 hour' }, [3600, 1]],
    [
      'of the metric that another is derived from counts for that as well',
      accuracyDropped(),
      { AccuracyPercent: '6 hours' },
      [21_600, 1],
    ],
    [
      'of its own wins over that',
      accuracyDropped(),
      { AccuracyPercent: '6 hours', AccuracyDropPoints: '2 hours' },
      [7200, 1],
    ],
    ['of another metric changes nothing', accuracyLow(), { AccuracyDropPoints: '1 minute' }, [3600, 1]],
    ['is rounded up to whole minutes', accuracyDropped(), { AccuracyDropPoints: '90 seconds' }, [120, 3]],
    ['shorter than a minute keeps the minute', accuracyDropped(), { AccuracyDropPoints: '10 seconds' }, [60, 5]],
  ])('%s', (_, rule, refresh, window) => {
    expect(windowOf(rule, refresh)).toEqual(window);
  });

  it.each<[sentence: string, refresh: Refresh, says: string]>([
    ['of no metric', { Accuracy: '1 hour' }, 'services.shop.refresh.Accuracy: "3600 seconds" is for an unknown metric'],
    ['of a check', { ServiceUp: '1 hour' }, 'is decided by the health check; set its "every" instead'],
    ['of another kind of target', { TrainingLoss: '1 hour' }, 'is for a metric of a batch job, but this is a service'],
    ['that is no duration', { AccuracyPercent: 'hourly' as Duration }, 'is not a duration'],
  ])('%s is refused', (_, refresh, says) => {
    expect(() => documentWith(accuracyLow() as RuleInput & { type: 'metric' }, refresh)).toThrow(says);
  });

  it('that is longer than a Sum is refused with the rule: its limit is for so many minutes', () => {
    const rule = throughputLow() as RuleInput & { type: 'metric' };
    expect(() => documentWith(rule, { Requests: '5 minutes' })).toThrow(
      'rules[0].period: "60 seconds" is shorter than the 300 seconds between two values of Requests',
    );
    expect(windowOf(throughputLow({ period: '5 minutes' }), { Requests: '5 minutes' })).toEqual([300, 2]);
  });

  it('that makes a window longer than CloudWatch looks back is refused with the rule', () => {
    const rule = accuracyLow() as RuleInput & { type: 'metric' };
    expect(() => documentWith({ ...rule, for: '5 days' }, { AccuracyPercent: '4 days' })).toThrow(
      'rules[0].for: "691200 seconds" is longer than the evaluation window of CloudWatch',
    );
  });

  it('is known to the lint', () => {
    const breaching = { ...(confidenceLow({ missingData: 'breaching' }) as RuleInput & { type: 'metric' }) };
    const codes = (refresh: Refresh) => lintRules(documentWith(breaching, refresh)).map(({ code }) => code);
    expect([codes({}), codes({ ConfidencePercent: '6 hours' })]).toEqual([[], ['one-late-datapoint']]);
  });
});
