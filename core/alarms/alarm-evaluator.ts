import type { AlarmStates } from '../incidents/ports.ts';
import type { MetricSeries } from '../metrics/metric-series.ts';
import type { Outbound } from '../queues/message.ts';
import type { Alarm } from './alarm.ts';
import type { AlarmRecord, AlarmStore } from './alarm-store.ts';
import { type Datapoint, datapoints, type Point } from './datapoint.ts';
import { evaluate, evaluationInterval, evaluationRange } from './evaluate.ts';
import { tooFewSamples } from './few-samples.ts';
import { transitionMessage } from './transition-message.ts';

interface EvaluatorPorts {
  /** Those that it evaluates. */
  alarms: readonly Alarm[];
  series: MetricSeries;
  store: AlarmStore;
  signals: Outbound;
  /** For those who watch. */
  onTransition?: (
    alarm: Alarm,
    from: AlarmRecord['state'],
    to: AlarmRecord['state'],
    range: readonly Datapoint[],
  ) => void;
}

/**
 * Plays CloudWatch's alarms: evaluates those that are due, keeps their states, and puts each change into the router's
 * queue in CloudWatch's own words. Signals are sent on changes only; what they mean to people is the router's affair.
 */
export class AlarmEvaluator implements AlarmStates {
  readonly #ports: EvaluatorPorts;
  readonly #alarms: readonly Alarm[];
  #records: Map<string, AlarmRecord> | undefined;

  constructor(ports: EvaluatorPorts) {
    this.#ports = ports;
    this.#alarms = ports.alarms;
  }

  /** The interval at which {@link run} must be called, in seconds: the finest that any alarm needs. */
  get everySeconds(): number {
    return Math.min(60, ...this.#alarms.map(evaluationInterval));
  }

  /** Evaluates every alarm that is due at this moment. */
  async run(at: number): Promise<void> {
    const records = await this.#load();
    await this.#payDebts(records);
    await this.#noticeGap(at, records);
    for (const alarm of this.#alarms) if (!records.has(alarm.name)) await this.#create(alarm, at, records);
    for (const alarm of this.#alarms) {
      const isDue = at % (evaluationInterval(alarm) * 1000) === 0;
      if (!isDue || (records.get(alarm.name)!.waitsUntil ?? 0) > at) continue;
      await this.#evaluate(alarm, at, records);
    }
    await this.#ports.store.setEvaluatedAt(at);
  }

  async all(): ReturnType<AlarmStates['all']> {
    const records = await this.#load();
    const real = this.#alarms.map((alarm) => records.get(alarm.name) ?? newRecord(alarm.name, 0));
    return new Map(real.map(({ name, state, changedAt, reason }) => [name, { state, changedAt, reason }]));
  }

  async datapoints(alarm: Alarm, now: number): Promise<Datapoint[]> {
    const periodMs = alarm.periodSeconds * 1000;
    const end = Math.floor(now / periodMs) * periodMs;
    return rangeOf(alarm, await this.#points(alarm, end), end);
  }

  /** The points of an alarm's evaluation range that ends then. */
  #points(alarm: Alarm, end: number): Promise<readonly Point[]> {
    const { name, dimensions } = alarm.metric;
    const from = end - evaluationRange(alarm) * alarm.periodSeconds * 1000;
    return this.#ports.series.points(name, dimensions, from, end);
  }

  async #evaluate(alarm: Alarm, at: number, records: Map<string, AlarmRecord>): Promise<void> {
    const points = await this.#points(alarm, at);
    // Counted only where it matters: a week of minutes comes through here in a simulation.
    const newest = { end: at, periodSeconds: alarm.periodSeconds, count: 1, statistic: 'SampleCount' } as const;
    const samples = () => datapoints(points, newest)[0];
    if (alarm.fewestSamples !== undefined && tooFewSamples(alarm, samples())) return;
    const range = rangeOf(alarm, points, at);
    const before = records.get(alarm.name)!;
    const state = evaluate(alarm, range, before.state);
    if (state === before.state) return;

    // Signals are ordered by their time: one of a clock that was set back must still be newer than the one before.
    const changedAt = Math.max(at, before.changedAt + 1);
    const message = transitionMessage(alarm, { from: before.state, to: state, at: changedAt, range });
    const record: AlarmRecord = {
      name: alarm.name,
      state,
      changedAt,
      reason: message.NewStateReason ?? '',
      owes: JSON.stringify(message),
    };
    await this.#ports.store.save(record);
    records.set(alarm.name, record);
    this.#ports.onTransition?.(alarm, before.state, state, range);
    await this.#pay(record, records);
  }

  async #payDebts(records: Map<string, AlarmRecord>): Promise<void> {
    for (const record of [...records.values()]) if (record.owes !== undefined) await this.#pay(record, records);
  }

  async #pay(record: AlarmRecord, records: Map<string, AlarmRecord>): Promise<void> {
    await this.#ports.signals.send(record.owes!);
    const { owes: _, ...paid } = record;
    await this.#ports.store.save(paid);
    records.set(record.name, paid);
  }

  /** A new alarm waits for its first window, as with a warm-up on AWS: that nothing was measured yet is no news. */
  async #create(alarm: Alarm, at: number, records: Map<string, AlarmRecord>): Promise<void> {
    await this.#wait(alarm, newRecord(alarm.name, at), at, records);
  }

  /**
   * After a pause (sleep, a stop) the window holds a hole that says nothing of the targets; after the clock was set back it
   * holds values of the last time that it was this late. Either way: wait until it has passed.
   */
  async #noticeGap(at: number, records: Map<string, AlarmRecord>): Promise<void> {
    const last = await this.#ports.store.evaluatedAt();
    if (last === undefined) return;
    for (const alarm of this.#alarms) {
      const period = Math.max(alarm.periodSeconds, evaluationInterval(alarm)) * 1000;
      const record = records.get(alarm.name);
      if (record && (at < last || at - last > 2 * period)) await this.#wait(alarm, record, at, records);
    }
  }

  /** Kept, not only remembered: whoever is started again while an alarm waits must wait on. */
  async #wait(alarm: Alarm, record: AlarmRecord, at: number, records: Map<string, AlarmRecord>): Promise<void> {
    const waiting = { ...record, waitsUntil: at + alarm.evaluationPeriods * alarm.periodSeconds * 1000 };
    await this.#ports.store.save(waiting);
    records.set(alarm.name, waiting);
  }

  /** The stored states, without those of alarms that the document no longer has. */
  async #load(): Promise<Map<string, AlarmRecord>> {
    if (this.#records) return this.#records;
    const names = new Set(this.#alarms.map((alarm) => alarm.name));
    const stored = await this.#ports.store.all();
    for (const { name } of stored.filter((record) => !names.has(record.name))) await this.#ports.store.remove(name);
    this.#records = new Map(stored.filter(({ name }) => names.has(name)).map((record) => [record.name, record]));
    return this.#records;
  }
}

/** The datapoints of an alarm's evaluation range that ends then, oldest first. */
const rangeOf = (alarm: Alarm, points: readonly Point[], end: number): Datapoint[] =>
  datapoints(points, {
    end,
    periodSeconds: alarm.periodSeconds,
    count: evaluationRange(alarm),
    statistic: alarm.statistic,
  });

const newRecord = (name: string, changedAt: number): AlarmRecord => ({
  name,
  state: 'INSUFFICIENT_DATA',
  changedAt,
  reason: 'Unchecked: Initial alarm creation',
});
