import { beforeEach, describe, expect, it } from 'vitest';
import { alarmName } from '../../../core/alarms/alarm.ts';
import { collect } from '../../support/collect.ts';
import { type IncidentWorld, incidentWorld } from '../../support/incident-world.ts';

const minute = 60_000;
const target = { kind: 'service', name: 'classifier' } as const;

let given: IncidentWorld;
beforeEach(() => {
  given = incidentWorld();
});

describe('the sweep', () => {
  it('publishes its heartbeat last, with the time of the minute', async () => {
    const start = given.now;
    given.now += 12_345;
    await given.sweepOnce();
    expect(given.heartbeats).toEqual([
      { metric: 'SweepCompleted', unit: 'Count', dimensions: { Check: 'sweep' }, at: start, value: 1 },
    ]);
  });

  it('sends what the router could not, and only then publishes its heartbeat', async () => {
    given.publisherIsDown = true;
    given.becomes('ALARM');
    await expect(given.signal('ALARM')).rejects.toThrow('SNS does not answer');
    given.now += minute;
    await expect(given.sweepOnce()).rejects.toThrow('the sweep failed for 1 of its tasks');
    expect(given.heartbeats).toEqual([]);
    given.publisherIsDown = false;
    await given.passMinutes(1);
    expect(given.kinds()).toEqual(['opened']);
    await given.passMinutes(3);
    expect(given.kinds()).toEqual(['opened']);
  });

  it('one group that fails does not stop the others', async () => {
    given.publisherIsDown = true;
    for (const rule of ['service-down', 'model-not-loaded']) {
      const name = alarmName(given.document, target, rule);
      given.becomes('ALARM', name);
      await expect(given.signal('ALARM', name)).rejects.toThrow();
    }
    given.now += minute;
    await expect(given.sweepOnce()).rejects.toThrow('the sweep failed for 2 of its tasks');
  });

  it('reminds after an hour, and each hour, until it is resolved', async () => {
    given.becomes('ALARM');
    await given.signal('ALARM');
    await given.passMinutes(59);
    expect(given.kinds()).toEqual(['opened']);
    await given.passMinutes(61);
    expect(given.kinds()).toEqual(['opened', 'reminder', 'reminder']);
    given.becomes('OK');
    await given.signal('OK');
    await given.passMinutes(120);
    expect(given.kinds()).toEqual(['opened', 'reminder', 'reminder', 'resolved']);
  });

  it.each`
    sentence                                      | believed     | real       | expected
    ${'an OK that was lost resolves'}             | ${['ALARM']} | ${'OK'}    | ${['opened', 'resolved']}
    ${'an ALARM that was lost opens'}             | ${[]}        | ${'ALARM'} | ${['opened']}
    ${'an ALARM that was lost after an OK opens'} | ${['OK']}    | ${'ALARM'} | ${['opened']}
    ${'what is known notifies nobody again'}      | ${['ALARM']} | ${'ALARM'} | ${['opened']}
    ${'what is well stays silent'}                | ${['OK']}    | ${'OK'}    | ${[]}
  `('finds signals that were lost, within five minutes: $sentence', async ({ believed, real, expected }) => {
    for (const state of believed) {
      given.becomes(state);
      await given.signal(state);
    }
    given.now += 1000;
    if (given.real.get(given.alarm)?.state !== real) given.becomes(real);
    await given.passMinutes(6);
    expect(given.kinds()).toEqual(expected);
  });

  it('notifies of "no data" after its delay, once', async () => {
    given.becomes('ALARM');
    await given.signal('ALARM');
    given.now += minute;
    given.becomes('INSUFFICIENT_DATA');
    await given.signal('INSUFFICIENT_DATA');
    await given.passMinutes(2);
    expect(given.kinds()).toEqual(['opened']);
    await given.passMinutes(20);
    expect(given.kinds()).toEqual(['opened', 'no-data']);
  });

  it('does not notify of "no data" while our own check does not run, and does when it runs again and there is still none', async () => {
    const check = 'shop/prod/check/health-60s-0/not-completed';
    given.becomes('ALARM');
    await given.signal('ALARM');
    given.now += minute;
    await given.signal('ALARM', check);
    given.becomes('INSUFFICIENT_DATA');
    await given.signal('INSUFFICIENT_DATA');
    await given.passMinutes(30);
    expect(given.kinds()).toEqual(['opened']);
    await given.signal('OK', check);
    await given.passMinutes(5);
    expect(given.kinds()).toEqual(['opened', 'no-data']);
  });

  it('closes the incident of an alarm that is gone, says so once, and records it', async () => {
    given.becomes('ALARM');
    await given.signal('ALARM');
    given.real.delete(given.alarm);
    await given.passMinutes(11);
    expect(given.kinds()).toEqual(['opened', 'closed']);
    const [closed] = await collect(given.archive.closed({ days: 1 }));
    expect(closed).toMatchObject({ alarm: given.alarm, how: 'rule-removed' });
    expect((await collect(given.archive.timeline(closed!.incident))).map(({ what }) => what)).toEqual([
      'opened',
      'closed',
    ]);
  });
});
