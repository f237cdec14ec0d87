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
  /** The alarms to evaluate. */
  alarms: readonly Alarm[];
  series: MetricSeries;
  store: AlarmStore;
  signals: Outbound;
  /** Called after each transition. */
  onTransition?: (
    alarm: Alarm,
    from: AlarmRecord['state'],
    to: AlarmRecord['state'],
    range: readonly Datapoint[],
  ) => void;
}

/**
 * Evaluates alarms in place of CloudWatch: evaluates those that are due, stores their states, and sends each transition to the
 * router's queue in the message format of CloudWatch. Only transitions are sent; the router decides who is notified.
 */
export class AlarmEvaluator implements AlarmStates {
  readonly #ports: EvaluatorPorts;
  readonly #alarms: readonly Alarm[];
  #records: Map<string, AlarmRecord> | undefined;

  constructor(ports: EvaluatorPorts) {
    this.#ports = ports;
    this.#alarms = ports.alarms;
  }

  /** The interval at which {@link run} must be called, in seconds: the shortest that any alarm needs. */
  get everySeconds(): number {
    return Math.min(60, ...this.#alarms.map(evaluationInterval));
  }

  /** Evaluates every alarm that is due at this time. */
  async run(at: number): Promise<void> {
    const records = await this.#load();
    await this.#sendPending(records);
    await this.#handleGap(at, records);
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

  /** The points of the evaluation range of an alarm that ends at `end`. */
  #points(alarm: Alarm, end: number): Promise<readonly Point[]> {
    const { name, dimensions } = alarm.metric;
    const from = end - evaluationRange(alarm) * alarm.periodSeconds * 1000;
    return this.#ports.series.points(name, dimensions, from, end);
  }

  async #evaluate(alarm: Alarm, at: number, records: Map<string, AlarmRecord>): Promise<void> {
    const points = await this.#points(alarm, at);
    // Counted only if needed: a simulation evaluates a week of minutes.
    const newest = { end: at, periodSeconds: alarm.periodSeconds, count: 1, statistic: 'SampleCount' } as const;
    const samples = () => datapoints(points, newest)[0];
    if (alarm.fewestSamples !== undefined && tooFewSamples(alarm, samples())) return;
    const range = rangeOf(alarm, points, at);
    const before = records.get(alarm.name)!;
    const state = evaluate(alarm, range, before.state);
    if (state === before.state) return;

    // Signals are ordered by time: after the clock was set back, a signal must still be newer than the previous one.
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
    await this.#sendSignal(record, records);
  }

  async #sendPending(records: Map<string, AlarmRecord>): Promise<void> {
    for (const record of [...records.values()]) if (record.owes !== undefined) await this.#sendSignal(record, records);
  }

  async #sendSignal(record: AlarmRecord, records: Map<string, AlarmRecord>): Promise<void> {
    await this.#ports.signals.send(record.owes!);
    const { owes: _, ...sent } = record;
    await this.#ports.store.save(sent);
    records.set(record.name, sent);
  }

  /** A new alarm waits for its first window, so that missing data from the time before it existed has no effect. */
  async #create(alarm: Alarm, at: number, records: Map<string, AlarmRecord>): Promise<void> {
    await this.#wait(alarm, newRecord(alarm.name, at), at, records);
  }

  /**
   * After a pause (sleep mode, a restart) the window has a gap that is not caused by the targets. After the clock was set back
   * it has values from before the change. In both cases: wait for one window.
   */
  async #handleGap(at: number, records: Map<string, AlarmRecord>): Promise<void> {
    const last = await this.#ports.store.evaluatedAt();
    if (last === undefined) return;
    for (const alarm of this.#alarms) {
      const period = Math.max(alarm.periodSeconds, evaluationInterval(alarm)) * 1000;
      const record = records.get(alarm.name);
      if (record && (at < last || at - last > 2 * period)) await this.#wait(alarm, record, at, records);
    }
  }

  /** Stored, so that an alarm continues to wait after a restart. */
  async #wait(alarm: Alarm, record: AlarmRecord, at: number, records: Map<string, AlarmRecord>): Promise<void> {
    const waiting = { ...record, waitsUntil: at + alarm.evaluationPeriods * alarm.periodSeconds * 1000 };
    await this.#ports.store.save(waiting);
    records.set(alarm.name, waiting);
  }

  /** The stored states. Those of alarms that are no longer in the document are removed. */
  async #load(): Promise<Map<string, AlarmRecord>> {
    if (this.#records) return this.#records;
    const names = new Set(this.#alarms.map((alarm) => alarm.name));
    const stored = await this.#ports.store.all();
    for (const { name } of stored.filter((record) => !names.has(record.name))) await this.#ports.store.remove(name);
    this.#records = new Map(stored.filter(({ name }) => names.has(name)).map((record) => [record.name, record]));
    return this.#records;
  }
}

/** The datapoints of the evaluation range of an alarm that ends at `end`, oldest first. */
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
