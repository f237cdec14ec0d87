import { beforeEach, describe, expect, it } from 'vitest';
import { alarmName } from '../../../core/alarms/alarm.ts';
import type { AlarmState } from '../../../events/alarm-transition.ts';
import { batchFailed, batchSuccessLow, serviceDown, slowResponses } from '../../../index.ts';
import { aDefinition, aDocument } from '../../support/a-document.ts';
import { type IncidentWorld, incidentWorld } from '../../support/incident-world.ts';

const target = { kind: 'service', name: 'classifier' } as const;

describe('rules that inhibit each other', () => {
  const inhibiting = aDocument({
    services: {
      classifier: {
        ...aDefinition().services!['classifier']!,
        rules: [serviceDown({ inhibits: ['slow-responses'] }), slowResponses({ aboveSeconds: 5 })],
      },
    },
  });
  const slow = alarmName(inhibiting, target, 'slow-responses');
  const toldOf = (title: string) =>
    given.told.filter((n) => n.channel === 'ml-alerts' && n.title === title).map(({ kind }) => kind);
  const signal = async (state: AlarmState, name: string) => {
    given.becomes(state, name);
    await given.signal(state, name);
  };
  let given: IncidentWorld;
  beforeEach(() => {
    given = incidentWorld(inhibiting);
  });

  it('the stronger notifies; the weaker does once the stronger is over, while it still fires', async () => {
    await signal('ALARM', given.alarm);
    await given.passMinutes(1);
    await signal('ALARM', slow);
    await given.passMinutes(20);
    expect(toldOf('Slow responses')).toEqual([]);
    await signal('OK', given.alarm);
    await given.passMinutes(2);
    expect(toldOf('Service down')).toEqual(['opened', 'resolved']);
    expect(toldOf('Slow responses')).toEqual(['opened']);
    await signal('OK', slow);
    expect(toldOf('Slow responses')).toEqual(['opened', 'resolved']);
  });

  it('both over: no notification was sent for the weaker', async () => {
    await signal('ALARM', given.alarm);
    await signal('ALARM', slow);
    await given.passMinutes(3);
    await signal('OK', slow);
    await signal('OK', given.alarm);
    await given.passMinutes(10);
    expect(toldOf('Slow responses')).toEqual([]);
  });

  it('the weaker alone notifies as always', async () => {
    await signal('ALARM', slow);
    expect(toldOf('Slow responses')).toEqual(['opened']);
  });
});

describe('an event rule that inhibits', () => {
  it('of a run that failed people are notified once, not of its success rate as well', async () => {
    const document = aDocument({
      batchJobs: { nightly: { schedule: '0 2 * * *', rules: [batchFailed(), batchSuccessLow()] } },
    });
    const given = incidentWorld(document);
    const low = alarmName(document, { kind: 'batch', name: 'nightly' }, 'batch-success-low');
    const at = new Date(given.now).toISOString();
    const report = (outcome: string, runId: string) =>
      given.router({
        id: 'm',
        receives: 1,
        body: JSON.stringify({
          type: 'batch-run',
          run: { job: 'nightly', runId, outcome, startedAt: at, finishedAt: at },
        }),
      });
    await report('failed', 'a');
    given.becomes('ALARM', low);
    await given.signal('ALARM', low);
    await given.passMinutes(20);
    expect(given.told.map(({ title }) => title)).toEqual(['Batch run failed', 'Batch run failed']);
    await report('succeeded', 'b');
    given.becomes('OK', low);
    await given.signal('OK', low);
    await given.passMinutes(20);
    expect(new Set(given.told.map(({ title }) => title))).toEqual(new Set(['Batch run failed']));
  });
});
