import { beforeEach, describe, expect, it } from 'vitest';
import { alarmName } from '../../../core/alarms/alarm.ts';
import { route } from '../../../core/incidents/route.ts';
import { type IncidentWorld, incidentWorld } from '../../support/incident-world.ts';

const minute = 60_000;
let given: IncidentWorld;
beforeEach(() => {
  given = incidentWorld();
});

/** A run of the health check that ended now, failed with this message or, without one, ok. */
const check = (message?: string, up = message === undefined ? 1 : 0) =>
  given.history.record({
    kind: 'health',
    target: 'classifier',
    id: 'health',
    startedAt: given.now,
    finishedAt: given.now,
    outcome: message === undefined ? 'ok' : 'failed',
    error: message === undefined ? undefined : { class: 'status', message },
    measurements: { ServiceUp: up },
    details: {},
  });

describe('the cause of an alert', () => {
  it('is what the last failed check saw, when it opens, when it is reminded of, and when it is over', async () => {
    await check('status 503, expected 200');
    given.becomes('ALARM');
    await given.signal('ALARM');
    given.now += 30 * minute;
    await check('connection refused');
    await given.passMinutes(30);
    await check();
    given.becomes('OK');
    await given.signal('OK');
    expect(given.told.filter(({ channel }) => channel === 'ml-alerts').map(({ kind, cause }) => [kind, cause])).toEqual(
      [
        ['opened', 'status 503, expected 200'],
        ['reminder', 'connection refused'],
        ['resolved', 'connection refused'],
      ],
    );
  });

  it.each([
    ['no check failed', async () => check()],
    ['no check ran', async () => {}],
    [
      'the failure is older than the last ten runs',
      async () => {
        await check('status 503');
        for (let i = 0; i < 10; i++) {
          given.now += minute;
          await check();
        }
      },
    ],
  ])('is unknown when %s', async (_, before) => {
    await before();
    await given.signal('ALARM');
    expect(given.told[0]).not.toHaveProperty('cause');
  });

  it('is one line, and no longer than a message bears', async () => {
    await check(`first\n${'x'.repeat(1000)}`);
    await given.signal('ALARM');
    expect(given.told[0]!.cause).toMatch(/^first x+…$/);
    expect(given.told[0]!.cause).toHaveLength(300);
  });

  it('holds no alert back when the history cannot be read', async () => {
    const router = route({
      ...given,
      clock: { now: () => given.now, sleep: async () => {} },
      publisher: { publish: async (notification) => void given.told.push(notification) },
      history: {
        // biome-ignore lint/correctness/useYield: it fails before the first run
        newestRuns: async function* () {
          throw new Error('the table does not answer');
        },
      },
    });
    const body = { AlarmName: given.alarm, NewStateValue: 'ALARM', StateChangeTime: new Date(given.now).toISOString() };
    expect(await router({ id: 'm', receives: 1, body: JSON.stringify(body) })).toEqual({ verdict: 'done' });
    expect(given.kinds()).toEqual(['opened']);
  });
});

describe('how long it was broken', () => {
  const reason = (values: string) => `Threshold Crossed: 3 out of the last 3 datapoints [${values}] was less than 1.0`;
  const since = '0.0 (21/11/26 02:02:00), 0.0 (21/11/26 02:01:00), 0.0 (21/11/26 02:00:00)';

  it('counts from the first datapoint that breached, and is downtime where the service was down', async () => {
    given.now += 3 * minute;
    await given.signal('ALARM', given.alarm, reason(since));
    expect(given.told[0]).toMatchObject({
      startedAt: Date.parse('2026-11-21T02:00:00Z'),
      openedAt: given.now,
      down: true,
    });
  });

  it('counts from the first failed check, where that was before the period of the first datapoint', async () => {
    for (const [second, up] of [
      [25, 1],
      [55, 0],
      [85, 0],
    ] as const) {
      given.now = Date.parse('2026-11-21T01:59:00Z') + second * 1000;
      await check('status 503', up);
    }
    given.now = Date.parse('2026-11-21T02:03:00Z');
    await given.signal('ALARM', given.alarm, reason(since));
    expect(given.told[0]).toMatchObject({ startedAt: Date.parse('2026-11-21T01:59:55Z') });
  });

  it('passes over datapoints that were good', async () => {
    await given.signal('ALARM', given.alarm, reason(`${since}, 1.0 (21/11/26 01:59:00)`));
    expect(given.told[0]).toMatchObject({ startedAt: Date.parse('2026-11-21T02:00:00Z') });
  });

  it('is no downtime when a service is only slow', async () => {
    await given.signal('ALARM', alarmName(given.document, { kind: 'service', name: 'classifier' }, 'slow-responses'));
    expect(given.told[0]).not.toHaveProperty('down');
    expect(given.told[0]).not.toHaveProperty('startedAt');
  });
});
