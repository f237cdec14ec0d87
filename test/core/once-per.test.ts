import { describe, expect, it } from 'vitest';
import { alarmsOf, findAlarm } from '../../core/alarms/alarm.ts';
import { assignmentsOf, scheduleFor, schedulesOf, targetsOf } from '../../core/checks/schedules.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { inhibitorsOf } from '../../core/incidents/inhibition.ts';
import { findWatchedRule, ruleNamed, watchedRules } from '../../core/incidents/watched-rule.ts';
import { metricOf } from '../../core/metrics/metric-of.ts';
import { oncePer } from '../../core/once-per.ts';
import { health, serviceDown, slowResponses } from '../../index.ts';
import { aDocument } from '../support/a-document.ts';

describe('what is made of an object', () => {
  it('is made once, also when it is undefined, and anew for another object', () => {
    let made = 0;
    const of = oncePer((object: { value?: number }) => {
      made += 1;
      return object.value;
    });
    const [one, other] = [{ value: 1 }, {}];
    expect([of(one), of(one), of(other), of(other), made]).toEqual([1, 1, undefined, undefined, 2]);
  });
});

/** A document of so many services that counts how often its targets are walked over. */
function counted(count: number): { document: MonitoringDocument; walks: () => number } {
  const services = Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `s${i}`,
      {
        url: 'https://s.example.com',
        checks: [health({ every: '1 minute' })],
        rules: [serviceDown({ inhibits: ['slow-responses'] }), slowResponses({ aboveSeconds: 3 })],
      },
    ]),
  );
  const document = aDocument({ services, batchJobs: {}, volumes: {} });
  let walks = 0;
  const { targets } = document;
  const counting = Object.defineProperty({ ...document }, 'targets', {
    get() {
      walks += 1;
      return targets;
    },
  });
  return { document: counting, walks: () => walks };
}

describe('what is asked for each rule of each target', () => {
  it.each<[string, (document: MonitoringDocument, alarm: string) => unknown]>([
    ['an alarm by its name', (document, alarm) => findAlarm(document, alarm)],
    ['a rule by the name of its alarm', (document, alarm) => findWatchedRule(document, alarm)],
    ['a rule as people name it', (document, alarm) => ruleNamed(document, alarm.split('/').slice(-2).join('/'))],
    ['the rules that inhibit it', (document, alarm) => inhibitorsOf(document, findWatchedRule(document, alarm)!)],
    [
      'the schedule that feeds it, and the targets of that',
      (document, alarm) => {
        const schedule = scheduleFor(document, findWatchedRule(document, alarm)!.target, 'health')!;
        return targetsOf(document, schedule);
      },
    ],
    ['its metric', (document) => metricOf(document, 'ServiceUp')],
    [
      'all alarms, rules, schedules and assignments',
      (document) => [alarmsOf, watchedRules, schedulesOf, assignmentsOf].map((all) => all(document)),
    ],
  ])('%s: the targets are walked over as often for 200 services as for two', (_, ask) => {
    const walksFor = (count: number) => {
      const { document, walks } = counted(count);
      const names = watchedRules(document).map(({ alarm }) => alarm);
      for (const name of names) expect(ask(document, name)).toBeDefined();
      return walks();
    };
    expect(walksFor(200)).toBe(walksFor(2));
  });
});
