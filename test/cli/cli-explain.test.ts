import { describe, expect, it } from 'vitest';
import { SystemClock } from '../../adapters/system-clock.ts';
import { alarmName } from '../../core/alarms/alarm.ts';
import { routeSignal } from '../../core/incidents/route.ts';
import { StateFolder } from '../../laptop/state-folder.ts';
import { openStore, storesOver } from '../../laptop/store.ts';
import { aDocument } from '../support/a-document.ts';
import { alarmSignal } from '../support/a-signal.ts';
import { tocsin } from '../support/command-line.ts';
import { ownLaptop } from '../support/own-laptop.ts';

const { write, state, aPast } = ownLaptop();

const minutesAgo = (minutes: number) => Date.now() - minutes * 60_000;
const iso = (at: number) => new Date(at).toISOString();

/** The service was down from 50 to 20 minutes ago. */
async function anOutage(): Promise<string> {
  await aPast();
  const document = aDocument();
  const store = await openStore(new StateFolder(state()), document);
  const ports = {
    ...storesOver(store.client, document, new SystemClock()),
    document,
    clock: new SystemClock(),
    publisher: { publish: async () => {} },
  };
  const alarm = alarmName(document, { kind: 'service', name: 'classifier' }, 'service-down');
  for (const [becomes, ago] of [
    ['ALARM', 50],
    ['OK', 20],
  ] as const)
    await routeSignal(ports, alarmSignal(becomes, minutesAgo(ago), alarm));
  await store.close();
  return write(
    'shop.config.ts',
    `import { defineMonitoring, health, secret, serviceDown, slack, email } from 'tocsin';
     export default defineMonitoring({
       name: 'shop', stages: { prod: {} }, timeZone: 'Europe/Berlin', operators: ['ops@example.com'],
       channels: { 'ml-alerts': slack({ webhook: secret('tocsin/slack') }), 'ml-team': email({ from: 't@example.com', to: ['m@example.com'] }) },
       routes: { critical: ['ml-alerts', 'ml-team'] },
       services: { classifier: { url: 'https://classifier.example.com', checks: [health({ every: '1 minute' })], rules: [serviceDown()] } },
     });`,
  );
}

describe('tocsin rules explain', () => {
  it('says a rule’s whole way without any state', async () => {
    const { exitCode, out } = await tocsin('rules', 'explain', 'classifier/service-down');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/path +health check → alarm tocsin\/dev\/service\/classifier\/service-down →/);
    expect(out).toMatch(/notifies +ml-alerts \(slack\): route of tier critical/);
  });

  it('says what came of it at a moment: the incident that was open, and its timeline', async () => {
    const config = await anOutage();
    const { exitCode, out, err } = await tocsin(
      'rules',
      'explain',
      'service-down',
      '--config',
      config,
      '--state',
      state(),
      '--at',
      iso(minutesAgo(30)),
    );
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toMatch(/at \S+ \S+ +inc-\w+ was open since/);
    expect(out).toMatch(/opened: classifier - Service down; notified ml-alerts, ml-team/);
    expect(out).toMatch(/resolved: classifier - Service down; notified ml-alerts, ml-team/);
  });

  it('says of an incident by its id what its rule does, and its timeline', async () => {
    const config = await anOutage();
    const place = ['--config', config, '--state', state()];
    const at = await tocsin('rules', 'explain', 'service-down', ...place, '--at', iso(minutesAgo(30)));
    const id = /inc-\w+/.exec(at.out)![0];
    const { exitCode, out, err } = await tocsin('rules', 'explain', id, ...place);
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toMatch(/rule +classifier\/service-down, critical/);
    expect(out).toMatch(new RegExp(`incident ${id} +Service down; opened \\S+ .*, closed \\S+ `));
    expect(out).toMatch(/opened: classifier - Service down; notified ml-alerts, ml-team/);

    const unknown = await tocsin('rules', 'explain', 'inc-000000000000', ...place);
    expect([unknown.exitCode, unknown.err]).toEqual([
      1,
      expect.stringContaining('There is no incident inc-000000000000, or its retention has expired.'),
    ]);
  });

  it('says that no incident was open, and when the previous one ended at', async () => {
    const config = await anOutage();
    const { out } = await tocsin(
      'rules',
      'explain',
      'service-down',
      '--config',
      config,
      '--state',
      state(),
      '--at',
      iso(minutesAgo(5)),
    );
    expect(out).toMatch(/no incident was open; the previous one ended at \d{4}-/);
  });

  it.each([
    [['rules', 'explain', 'service-dwn'], 'The config has no rule service-dwn; use one of: classifier/service-down'],
    [
      ['rules', 'explain', 'service-down', '--at', 'yesterday'],
      '"yesterday" is not a valid time. Use 2026-11-21T02:10:00Z, or',
    ],
    [['rules', 'explain', 'service-down', '--at', '2026-11-21T02:10:00Z'], 'Nothing has run here yet'],
    [['rules', 'explain', 'inc-e5e479036451'], 'Nothing has run here yet'],
    [['rules', 'explain', 'inc-e5e479036451', '--at', '2026-11-21T02:10:00Z'], '--at applies to rules only'],
  ])('%j is answered with what to do', async (args, says) => {
    const { exitCode, err } = await tocsin(...args, '--state', state());
    expect([exitCode, err]).toEqual([1, expect.stringContaining(says)]);
  });
});
