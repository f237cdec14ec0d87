import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryChannelPauses } from '../../../adapters/memory-channel-pauses.ts';
import { MemoryDeliveries } from '../../../adapters/memory-deliveries.ts';
import { MemoryExecutionHistory } from '../../../adapters/memory-execution-history.ts';
import { MemoryGroups } from '../../../adapters/memory-groups.ts';
import { MemoryIncidentArchive } from '../../../adapters/memory-incident-archive.ts';
import { alarmName } from '../../../core/alarms/alarm.ts';
import { deliver } from '../../../core/delivery/deliver.ts';
import type { AlarmStates } from '../../../core/incidents/ports.ts';
import { route } from '../../../core/incidents/route.ts';
import { sweep } from '../../../core/incidents/sweep.ts';
import type { Consumer } from '../../../core/queues/message.ts';
import type { AlarmState, AlarmTransitionMessage } from '../../../events/alarm-transition.ts';
import type { Notification } from '../../../events/notification.ts';
import { modelNotLoaded, serviceDown } from '../../../index.ts';
import { aDefinition, aDocument } from '../../support/a-document.ts';
import { wireOf } from '../../support/a-notification.ts';

// No alert is lost, whatever happens between the calls: this test plays router, notifiers and sweeps at the same time,
// lets every call to a port end in any order, lets any of them crash before or after its effect, and repeats messages as
// SQS would. Then the storm ends, and what every channel heard is held against the truth.

/** The rule that is watched; one that holds its incidents open is as much bound to the truth. */
const documentWhere = (keepFiringFor: '10 minutes' | undefined) => {
  const classifier = aDefinition().services!['classifier']!;
  const rules = [
    serviceDown({ ...(keepFiringFor ? { keepFiringFor } : {}) }),
    modelNotLoaded({ inhibits: ['service-down'] }),
  ];
  return aDocument({ services: { classifier: { ...classifier, rules } } });
};
const nameOf = (rule: string) => alarmName(aDocument(), { kind: 'service', name: 'classifier' }, rule);
const alarm = nameOf('service-down');
/** Inhibits the first while its incident is open. */
const inhibitor = nameOf('model-not-loaded');
const minute = 60_000;
const start = Date.parse('2026-11-21T02:00:00Z');

class Crash extends Error {}

/** Runs a call when its turn comes. */
type Schedule = <T>(call: () => Promise<T>) => Promise<T>;

/** A storm: how the alarm really changed, and for each call in turn whether it crashes before or after its effect. */
const storms = fc.record({
  truth: fc.array(fc.constantFrom<AlarmState>('OK', 'ALARM', 'INSUFFICIENT_DATA'), { minLength: 1, maxLength: 6 }),
  inhibiting: fc.array(fc.constantFrom<AlarmState>('OK', 'ALARM'), { maxLength: 4 }),
  keepFiringFor: fc.constantFrom('10 minutes' as const, undefined),
  duplicates: fc.array(fc.nat(5), { maxLength: 3 }),
  lost: fc.option(fc.nat(5), { nil: undefined }),
  crashes: fc.array(fc.constantFrom('none', 'none', 'none', 'before', 'after'), { minLength: 0, maxLength: 60 }),
  sweeps: fc.nat(3),
});

class Storm {
  now = start;
  readonly heard: Notification[] = [];
  /** `<incident> <channel>` for all that was ever promised in a group's outbox. */
  readonly promised = new Set<string>();
  crashed = 0;
  #copies = 0;
  #crashes: string[];
  readonly #schedule: Schedule;
  readonly #signals: string[] = [];
  readonly #notifications: Notification[] = [];
  readonly #real = new Map<string, { state: AlarmState; changedAt: number; reason: string }>();
  readonly #router: Consumer;
  readonly #notifiers: Map<string, Consumer>;
  readonly #sweep: () => Promise<void>;

  constructor(storm: Omit<typeof storms extends fc.Arbitrary<infer S> ? S : never, 'sweeps'>, scheduler: fc.Scheduler) {
    this.#crashes = [...storm.crashes];
    this.#schedule = scheduler.scheduleFunction(async (call: () => Promise<unknown>) => call()) as Schedule;
    const document = documentWhere(storm.keepFiringFor);
    const clock = { now: () => this.now, sleep: async () => {} };
    const kept = { clock, retentionDays: 90 };
    const archive = this.#stormy(new MemoryIncidentArchive(kept));
    const publisher = this.#stormy({
      publish: async (notification: Notification) => {
        this.#notifications.push(notification);
      },
    });
    const alarmStates: AlarmStates = { all: async () => this.#real, datapoints: async () => [] };
    const history = new MemoryExecutionHistory(kept);
    const ports = {
      document,
      history,
      groups: this.#stormy(this.#witnessed(new MemoryGroups())),
      archive,
      publisher,
      clock,
    };
    this.#router = route(ports);
    this.#sweep = sweep({ ...ports, alarmStates, metrics: { publish: async () => {} } });
    const deliveries = this.#stormy(new MemoryDeliveries());
    const { send } = this.#stormy({
      send: async (notification: Notification) => {
        this.heard.push(notification);
        return {};
      },
    });
    this.#notifiers = new Map(
      ['slack', 'email'].map((channelKind) => [
        channelKind,
        deliver({
          document,
          channelKind,
          deliveries,
          pauses: new MemoryChannelPauses(),
          archive,
          send,
          clock,
          owner: channelKind,
          leaseSeconds: 60,
        }),
      ]),
    );

    this.#happens(alarm, storm.truth, storm.lost);
    this.#happens(inhibitor, storm.inhibiting, undefined);
    if (!this.#real.has(alarm)) this.#real.set(alarm, { state: 'OK', changedAt: 0, reason: '' });
    for (const other of document.targets.flatMap((target) =>
      target.rules.map((rule) => alarmName(document, target, rule.id)),
    )) {
      if (!this.#real.has(other)) this.#real.set(other, { state: 'OK', changedAt: 0, reason: '' });
    }
    for (const i of storm.duplicates) if (this.#signals[i]) this.#signals.push(this.#signals[i]);
    this.now = start + 10 * minute;
  }

  /** An alarm changes its state minute by minute; the signal of one change may be lost. */
  #happens(name: string, states: readonly AlarmState[], lost: number | undefined): void {
    states.forEach((state, i) => {
      const previous = states[i - 1] ?? 'OK';
      if (state === previous) return;
      const changedAt = start + i * minute;
      const message: AlarmTransitionMessage = {
        AlarmName: name,
        NewStateValue: state,
        OldStateValue: previous,
        NewStateReason: '',
        StateChangeTime: new Date(changedAt).toISOString(),
      };
      this.#real.set(name, { state, changedAt, reason: '' });
      if (i !== lost) this.#signals.push(JSON.stringify(message));
    });
  }

  /** Everything at once: each message twice as SQS may, and sweeps between. What crashes is simply left. */
  async rage(sweeps: number, scheduler: fc.Scheduler): Promise<void> {
    const work = [
      ...this.#signals.map((body, i) => this.#consume(this.#router, body, i)),
      ...Array.from({ length: sweeps }, () => this.#sweep()),
    ];
    const all = Promise.allSettled(work).then(() =>
      Promise.allSettled(this.#notifications.flatMap((n) => [this.#notify(n), this.#notify(n)])),
    );
    await scheduler.waitFor(all);
  }

  /** The storm is over: messages come again until they are done with, minutes pass, the sweep runs. */
  async calm(scheduler: fc.Scheduler): Promise<void> {
    this.#crashes = [];
    const settle = async () => {
      // Less than an hour, so that no reminder stands in for a message that was lost.
      for (let round = 0; round < 8; round++) {
        this.now += 5 * minute;
        for (const [i, body] of this.#signals.entries()) await this.#consume(this.#router, body, i);
        await this.#sweep();
        for (const notification of [...this.#notifications]) await this.#notify(notification);
      }
    };
    await scheduler.waitFor(settle());
  }

  /** Whether another rule's incident may rightly keep this one quiet. */
  get isInhibited(): boolean {
    return this.#real.get(inhibitor)?.state === 'ALARM';
  }

  get realState(): AlarmState {
    return this.#real.get(alarm)!.state;
  }

  #consume = (consumer: Consumer, body: string, i: number) => consumer({ id: `m${i}`, body, receives: 1 });
  /** Each copy is a message of its own, as when SNS publishes twice or another container receives it. */
  #notify = (notification: Notification) => {
    this.#copies += 1;
    return this.#consume(this.#notifiers.get(notification.channelKind)!, wireOf(notification), this.#copies);
  };

  /** Remembers what a write promised, once it has succeeded. */
  #witnessed(groups: MemoryGroups): MemoryGroups {
    const save = groups.save.bind(groups);
    groups.save = async (group) => {
      const saved = await save(group);
      for (const owed of saved ? group.outbox : []) {
        if (owed.owes === 'notification')
          this.promised.add(`${owed.notification.incident} ${owed.notification.channel}`);
      }
      return saved;
    };
    return groups;
  }

  /** A port whose calls end in any order, and crash when it is their turn. */
  #stormy<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          const result = () => value.apply(target, args) as unknown;
          if (name === 'open' || name === 'timeline' || name === 'closed') return result();
          return this.#schedule(async () => {
            const fate = this.#crashes.shift() ?? 'none';
            if (fate !== 'none') this.crashed += 1;
            if (fate === 'before') throw new Crash(`before ${String(name)}`);
            const answer = await result();
            if (fate === 'after') throw new Crash(`after ${String(name)}`);
            return answer;
          });
        };
      },
    });
  }
}

describe('for any interleaving of signals, crashes, redeliveries and sweeps', () => {
  it('each channel ends with the true state and is notified of each incident at least once, within the limit of duplicates', async () => {
    await fc.assert(
      fc.asyncProperty(storms, fc.scheduler(), async (storm, scheduler) => {
        const world = new Storm(storm, scheduler);
        await world.rage(storm.sweeps, scheduler);
        await world.calm(scheduler);

        for (const channel of ['ml-alerts', 'ml-team']) {
          const heard = world.heard.filter((n) => n.channel === channel && n.alarm === alarm);
          const last = heard.at(-1);
          if (world.realState === 'ALARM' && !world.isInhibited)
            expect(['opened', 'again', 'reminder', 'no-data']).toContain(last?.kind);
          if (world.realState === 'OK' && last) expect(['resolved', 'closed']).toContain(last.kind);
          for (const incident of world.promised) {
            if (incident.endsWith(` ${channel}`))
              expect(world.heard.map((n) => `${n.incident} ${n.channel}`)).toContain(incident);
          }
          const copies = new Map<string, number>();
          for (const { id } of heard) copies.set(id, (copies.get(id) ?? 0) + 1);
          for (const count of copies.values()) expect(count).toBeLessThanOrEqual(1 + world.crashed);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('without crashes there are no duplicates', async () => {
    await fc.assert(
      fc.asyncProperty(storms, fc.scheduler(), async (storm, scheduler) => {
        const world = new Storm({ ...storm, crashes: [] }, scheduler);
        await world.rage(storm.sweeps, scheduler);
        await world.calm(scheduler);
        const ids = world.heard.map(({ id, channel }) => `${id} ${channel}`);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 200 },
    );
  });
});
