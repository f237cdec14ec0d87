import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryGroups } from '../../../adapters/memory-groups.ts';
import { MemoryIncidentArchive } from '../../../adapters/memory-incident-archive.ts';
import { alarmName } from '../../../core/alarms/alarm.ts';
import type { MonitoringDocument } from '../../../core/config/document.ts';
import { route } from '../../../core/incidents/route.ts';
import { sweep } from '../../../core/incidents/sweep.ts';
import type { Datum } from '../../../core/metrics/metric.ts';
import { serviceDown, slowResponses } from '../../../core/tocsin.ts';
import type { AlarmState } from '../../../events/alarm-transition.ts';
import type { Notification } from '../../../events/notification.ts';
import { aDefinition, aDocument } from '../../support/a-document.ts';
import { collect } from '../../support/collect.ts';

const minute = 60_000;
const start = Date.parse('2026-11-21T02:00:00Z');
const target = { kind: 'service', name: 'classifier' } as const;

/** Router and sweep over memory, with the real states of alarms in hand and a publisher that can be down. */
function world(document: MonitoringDocument = aDocument()) {
  const alarm = alarmName(document, target, 'service-down');
  const told: Notification[] = [];
  const heartbeats: Datum[] = [];
  const real = new Map<string, { state: AlarmState; changedAt: number; reason: string }>(
    document.targets.flatMap((t) =>
      t.rules.map(
        (rule) => [alarmName(document, t, rule.id), { state: 'OK' as AlarmState, changedAt: 0, reason: '' }] as const,
      ),
    ),
  );
  const it = {
    document,
    alarm,
    told,
    heartbeats,
    real,
    now: start,
    publisherIsDown: false,
    kinds: () => told.filter(({ channel }) => channel === 'ml-alerts').map(({ kind }) => kind),
    signal: (state: AlarmState, name = alarm) =>
      router({
        id: 'm',
        receives: 1,
        body: JSON.stringify({
          AlarmName: name,
          NewStateValue: state,
          StateChangeTime: new Date(it.now).toISOString(),
        }),
      }),
    passMinutes: async (minutes: number) => {
      for (let i = 0; i < minutes; i++) {
        it.now += minute;
        await sweepOnce();
      }
    },
    sweepOnce: () => sweepOnce(),
  };
  const clock = { now: () => it.now, sleep: async () => {} };
  const archive = new MemoryIncidentArchive({ clock, retentionDays: 90 });
  const ports = {
    document,
    groups: new MemoryGroups(),
    archive,
    clock,
    publisher: {
      publish: async (notification: Notification) => {
        if (it.publisherIsDown) throw new Error('SNS does not answer');
        told.push(notification);
      },
    },
  };
  const router = route(ports);
  const sweepOnce = sweep({
    ...ports,
    alarmStates: { all: async () => real },
    metrics: { publish: async (data) => void heartbeats.push(...data) },
  });
  return Object.assign(it, { archive, groups: ports.groups, router });
}

let given: ReturnType<typeof world>;
beforeEach(() => {
  given = world();
});
const becomes = (state: AlarmState) => given.real.set(given.alarm, { state, changedAt: given.now, reason: '' });

describe('the sweep', () => {
  it('publishes its heartbeat as its last act, stamped with the minute', async () => {
    given.now = start + 12_345;
    await given.sweepOnce();
    expect(given.heartbeats).toEqual([
      { metric: 'SweepCompleted', unit: 'Count', dimensions: { Check: 'sweep' }, at: start, value: 1 },
    ]);
  });

  it('sends what the router could not, and only then is well again', async () => {
    given.publisherIsDown = true;
    becomes('ALARM');
    await expect(given.signal('ALARM')).rejects.toThrow('SNS does not answer');
    given.now += minute;
    await expect(given.sweepOnce()).rejects.toThrow('the sweep failed for 1 groups');
    expect(given.heartbeats).toEqual([]);
    given.publisherIsDown = false;
    await given.passMinutes(1);
    expect(given.kinds()).toEqual(['opened']);
    await given.passMinutes(3);
    expect(given.kinds()).toEqual(['opened']);
  });

  it('one group that fails keeps no other from its turn', async () => {
    given.publisherIsDown = true;
    for (const rule of ['service-down', 'model-not-loaded']) {
      const name = alarmName(given.document, target, rule);
      given.real.set(name, { state: 'ALARM', changedAt: given.now, reason: '' });
      await expect(given.signal('ALARM', name)).rejects.toThrow();
    }
    given.now += minute;
    await expect(given.sweepOnce()).rejects.toThrow('the sweep failed for 2 groups');
  });

  it('reminds after an hour, and each hour, until it is resolved', async () => {
    becomes('ALARM');
    await given.signal('ALARM');
    await given.passMinutes(59);
    expect(given.kinds()).toEqual(['opened']);
    await given.passMinutes(61);
    expect(given.kinds()).toEqual(['opened', 'reminder', 'reminder']);
    becomes('OK');
    await given.signal('OK');
    await given.passMinutes(120);
    expect(given.kinds()).toEqual(['opened', 'reminder', 'reminder', 'resolved']);
  });

  it.each`
    sentence                                      | believed     | real       | expected
    ${'an OK that was lost resolves'}             | ${['ALARM']} | ${'OK'}    | ${['opened', 'resolved']}
    ${'an ALARM that was lost opens'}             | ${[]}        | ${'ALARM'} | ${['opened']}
    ${'an ALARM that was lost after an OK opens'} | ${['OK']}    | ${'ALARM'} | ${['opened']}
    ${'what is known is not told again'}          | ${['ALARM']} | ${'ALARM'} | ${['opened']}
    ${'what is well stays silent'}                | ${['OK']}    | ${'OK'}    | ${[]}
  `('finds signals that were lost, within five minutes: $sentence', async ({ believed, real, expected }) => {
    for (const state of believed) {
      becomes(state);
      await given.signal(state);
    }
    given.now += 1000;
    if (given.real.get(given.alarm)?.state !== real) becomes(real);
    await given.passMinutes(6);
    expect(given.kinds()).toEqual(expected);
  });

  it('tells "no data" after its patience, once', async () => {
    becomes('ALARM');
    await given.signal('ALARM');
    given.now += minute;
    becomes('INSUFFICIENT_DATA');
    await given.signal('INSUFFICIENT_DATA');
    await given.passMinutes(2);
    expect(given.kinds()).toEqual(['opened']);
    await given.passMinutes(20);
    expect(given.kinds()).toEqual(['opened', 'no-data']);
  });

  it('does not tell "no data" while our own check does not run, and does when it runs again and there is still none', async () => {
    const check = 'shop/prod/check/health-60s-0/not-completed';
    becomes('ALARM');
    await given.signal('ALARM');
    given.now += minute;
    await given.signal('ALARM', check);
    becomes('INSUFFICIENT_DATA');
    await given.signal('INSUFFICIENT_DATA');
    await given.passMinutes(30);
    expect(given.kinds()).toEqual(['opened']);
    await given.signal('OK', check);
    await given.passMinutes(5);
    expect(given.kinds()).toEqual(['opened', 'no-data']);
  });

  it('closes the incident of an alarm that is gone, says so once, and records it', async () => {
    becomes('ALARM');
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

describe('the router', () => {
  it.each([
    ['text that is no JSON', 'hello', 'the message is not JSON: hello'],
    ['JSON that is no signal', '{"a":1}', 'the message does not fit its schema: AlarmName'],
    [
      'an alarm in no state',
      '{"AlarmName":"a","NewStateValue":"SAD","StateChangeTime":"2026-11-21T02:00:00Z"}',
      'NewStateValue',
    ],
  ])('parks %s with the reason', async (_, body, reason) => {
    expect(await given.router({ id: 'm', receives: 1, body })).toMatchObject({
      verdict: 'dead-letter',
      errorClass: 'unreadable-signal',
      reason: expect.stringContaining(reason),
    });
  });

  it('tells people of an alarm that no rule answers to, rather than nobody', async () => {
    await given.signal('ALARM', 'somebody-elses-alarm');
    expect(given.told.map(({ channel, tier }) => [channel, tier])).toEqual([
      ['ml-alerts', 'high'],
      ['ml-team', 'high'],
    ]);
    expect(given.told[0]?.title).toContain('somebody-elses-alarm');
  });

  it('keeps the incident of a rule that was renamed', async () => {
    becomes('ALARM');
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
      description: '3.2 GB are free on results, 5 GB is the limit.',
    });
  });
});

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
    given.real.set(name, { state, changedAt: given.now, reason: '' });
    await given.signal(state, name);
  };
  beforeEach(() => {
    given = world(inhibiting);
  });

  it('the stronger speaks; the weaker is heard once the stronger is over, while it still fires', async () => {
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

  it('both over: nobody ever heard of the weaker', async () => {
    await signal('ALARM', given.alarm);
    await signal('ALARM', slow);
    await given.passMinutes(3);
    await signal('OK', slow);
    await signal('OK', given.alarm);
    await given.passMinutes(10);
    expect(toldOf('Slow responses')).toEqual([]);
  });

  it('the weaker alone speaks as ever', async () => {
    await signal('ALARM', slow);
    expect(toldOf('Slow responses')).toEqual(['opened']);
  });
});
