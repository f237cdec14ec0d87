import { beforeEach, describe, expect, it } from 'vitest';
import { alarmName } from '../../../core/alarms/alarm.ts';
import { route } from '../../../core/incidents/route.ts';
import { serviceDown } from '../../../index.ts';
import { aDefinition, aDocument } from '../../support/a-document.ts';
import { type IncidentWorld, incidentWorld } from '../../support/incident-world.ts';

const minute = 60_000;

let given: IncidentWorld;
beforeEach(() => {
  given = incidentWorld();
});

describe('the router', () => {
  it.each([
    ['text that is no JSON', 'hello', 'the message is not JSON: hello'],
    ['JSON that is no signal', '{"a":1}', 'the message does not match its schema: AlarmName'],
    [
      'an alarm in no state',
      '{"AlarmName":"a","NewStateValue":"SAD","StateChangeTime":"2026-11-21T02:00:00Z"}',
      'NewStateValue',
    ],
  ])('moves %s to the dead-letter queue with the reason', async (_, body, reason) => {
    expect(await given.router({ id: 'm', receives: 1, body })).toMatchObject({
      verdict: 'dead-letter',
      errorClass: 'unreadable-signal',
      reason: expect.stringContaining(reason),
    });
  });

  it('notifies people of an alarm without a rule in the config', async () => {
    await given.signal('ALARM', 'somebody-elses-alarm');
    expect(given.told.map(({ channel, tier }) => [channel, tier])).toEqual([
      ['ml-alerts', 'high'],
      ['ml-team', 'high'],
    ]);
    expect(given.told[0]?.title).toContain('somebody-elses-alarm');
  });

  it('keeps the incident of a rule that was renamed', async () => {
    given.becomes('ALARM');
    await given.signal('ALARM');
    const services = {
      classifier: {
        ...aDefinition().services!['classifier']!,
        rules: [serviceDown({ id: 'api-down', formerly: 'service-down' })],
      },
    };
    const renamed = aDocument({ services });
    const router = route({
      ...given,
      document: renamed,
      clock: { now: () => given.now, sleep: async () => {} },
      publisher: { publish: async (n) => void given.told.push(n) },
    });
    given.now += minute;
    await router({
      id: 'm',
      receives: 1,
      body: JSON.stringify({
        AlarmName: 'shop/prod/service/classifier/api-down',
        NewStateValue: 'OK',
        StateChangeTime: new Date(given.now).toISOString(),
      }),
    });
    expect(given.kinds()).toEqual(['opened', 'resolved']);
  });

  it('says the value and the threshold in their unit', async () => {
    const name = alarmName(given.document, { kind: 'volume', name: 'results' }, 'disk-space-low');
    const reason =
      'Threshold Crossed: 1 out of the last 1 datapoints [3.2 (21/11/26 02:00:00)] was less than the threshold (5.0).';
    await given.router({
      id: 'm',
      receives: 1,
      body: JSON.stringify({
        AlarmName: name,
        NewStateValue: 'ALARM',
        NewStateReason: reason,
        StateChangeTime: new Date(given.now).toISOString(),
      }),
    });
    expect(given.told[0]).toMatchObject({
      value: '3.2 GB',
      threshold: 'below 5 GB for 10 min',
      description: '3.2 GB free on results (threshold 5 GB).',
    });
  });
});
