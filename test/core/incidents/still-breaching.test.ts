import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { alarmsOf } from '../../../core/alarms/alarm.ts';
import type { Datapoint } from '../../../core/alarms/datapoint.ts';
import { breaches } from '../../../core/alarms/evaluate.ts';
import { findWatchedRule, type WatchedMetricRule } from '../../../core/incidents/watched-rule.ts';
import { type MetricRule, missingDataPolicies } from '../../../core/rules/rule.ts';
import { modelNotLoaded, serviceDown } from '../../../index.ts';
import { playMetricRule } from '../../../tools/rule-tests/play-metric-rule.ts';
import { aDefinition, aDocument } from '../../support/a-document.ts';
import { type IncidentWorld, incidentWorld } from '../../support/incident-world.ts';

// With values missing, CloudWatch turns an alarm to OK by a value that breaches: three breaches, nine silent minutes, then a
// breach again are too few for ALARM. People must not be notified of a recovery then.

const reason =
  'Threshold Crossed: 1 out of the last 1 datapoints [0.0 (21/11/26 02:13:00)] was not less than the threshold';
const minute = 60_000;
let given: IncidentWorld;
beforeEach(async () => {
  given = incidentWorld();
  await given.signal('ALARM');
  given.now += 10 * minute;
});

describe('an alarm that is OK though the newest value breaches', () => {
  it('resolves nothing, until a value does not breach', async () => {
    given.becomes('OK');
    await given.signal('OK', given.alarm, reason);
    given.range = [undefined, undefined, 0];
    await given.passMinutes(5);
    expect(given.kinds()).toEqual(['opened']);
    given.range = [undefined, 0, 1];
    await given.passMinutes(1);
    expect(given.kinds()).toEqual(['opened', 'resolved']);
    expect(given.told.at(-1)).toMatchObject({ resolvedAt: given.now });
  });

  it('continues to send reminders', async () => {
    given.becomes('OK');
    await given.signal('OK', given.alarm, reason);
    given.range = [0];
    await given.passMinutes(60);
    expect(given.kinds()).toEqual(['opened', 'reminder']);
  });

  it('notifies those who were notified of missing data that data is available again', async () => {
    given.becomes('INSUFFICIENT_DATA');
    await given.signal('INSUFFICIENT_DATA');
    await given.passMinutes(4);
    expect(given.kinds()).toEqual(['opened', 'no-data']);
    given.becomes('OK');
    await given.signal('OK', given.alarm, reason);
    expect(given.told.at(-1)).toMatchObject({
      kind: 'reminder',
      remark: 'Data is available again, and the newest value still breaches the threshold.',
    });
  });

  it('continues as the same incident when it fires again, and resolves as any other', async () => {
    given.becomes('OK');
    await given.signal('OK', given.alarm, reason);
    given.now += minute;
    given.becomes('ALARM');
    await given.signal('ALARM');
    given.now += minute;
    given.becomes('OK');
    await given.signal('OK');
    expect(given.kinds()).toEqual(['opened', 'resolved']);
  });

  it('ends without a notification when it recovers while another incident inhibits it', async () => {
    const inhibiting = aDocument({
      services: {
        classifier: {
          ...aDefinition().services!['classifier']!,
          rules: [serviceDown(), modelNotLoaded({ inhibits: ['service-down'] })],
        },
      },
    });
    const both = incidentWorld(inhibiting);
    const model = both.alarm.replace('service-down', 'model-not-loaded');
    for (const name of [model, both.alarm]) {
      both.becomes('ALARM', name);
      await both.signal('ALARM', name);
    }
    both.now += minute;
    both.becomes('OK');
    await both.signal('OK', both.alarm, reason);
    both.range = [1];
    await both.passMinutes(2);
    expect((await both.groups.load(both.alarm))?.incident).toBeUndefined();
    expect(both.told.map(({ title }) => title)).not.toContain('Service down');
  });

  it('is not checked while there is no data again', async () => {
    given.becomes('OK');
    await given.signal('OK', given.alarm, reason);
    given.now += minute;
    given.becomes('INSUFFICIENT_DATA');
    await given.signal('INSUFFICIENT_DATA');
    given.range = [1];
    await given.passMinutes(4);
    expect(given.kinds()).toEqual(['opened', 'no-data']);
  });
});

describe('played over time, whatever the policy for missing data', () => {
  const documentWhere = (missingData: MetricRule['missingData']) =>
    aDocument({
      services: {
        classifier: { ...aDefinition().services!['classifier']!, rules: [serviceDown({ missingData })] },
      },
    });
  const playIn = (missingData: MetricRule['missingData'], series: readonly Datapoint[], minutes: number) => {
    const document = documentWhere(missingData);
    const watch = findWatchedRule(document, alarmsOf(document)[0]!.name) as WatchedMetricRule;
    const { notified } = playMetricRule(document, watch, series, 60, minutes * 60);
    return notified
      .filter(({ notification }) => notification.channel === 'ml-alerts')
      .map(({ at, notification }) => ({ minute: at / 60, kind: notification.kind }));
  };
  const gap = [1, 0, 0, 0, ...Array.from({ length: 9 }, () => undefined), 0, undefined, 1, 1];

  it.each([
    ['missing', ['opened 4', 'no-data 12', 'reminder 14', 'resolved 16']],
    ['ignore', ['opened 4', 'resolved 16']],
  ] as const)('three breaches, nine silent minutes, a breach, then a good value: with %s %s', (policy, expected) => {
    expect(playIn(policy, gap, 20).map(({ kind, minute: at }) => `${kind} ${at}`)).toEqual(expected);
  });

  it('no recovery is notified while the newest value breaches', () => {
    const series = fc.array(fc.constantFrom<Datapoint>(0, 1, undefined, undefined), { maxLength: 60 });
    fc.assert(
      fc.property(fc.constantFrom(...missingDataPolicies), series, (policy, values) => {
        for (const { minute: at, kind } of playIn(policy, values, 80)) {
          if (kind !== 'resolved') continue;
          // The value of the minute before is the newest that is whole.
          const before = values.slice(0, at);
          const newest = policy === 'notBreaching' ? values[at - 1] : before.findLast((value) => value !== undefined);
          if (newest !== undefined)
            expect([at, breaches({ comparison: 'below', threshold: 1 }, newest)]).toEqual([at, false]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
