import { describe, expect, it } from 'vitest';
import { MemoryAlarmStore } from '../../../adapters/memory-alarm-store.ts';
import { MemoryMetricSeries } from '../../../adapters/memory-metric-series.ts';
import { AlarmEvaluator } from '../../../core/alarms/alarm-evaluator.ts';
import type { MonitoringDocument } from '../../../core/definition/document.ts';
import type { Duration } from '../../../core/time/duration.ts';
import { health, serviceDown, serviceUnavailable, slowResponses } from '../../../index.ts';
import { alarmsElsewhere, alarmsHere } from '../../../laptop/evaluated-alarms.ts';
import { aDocument } from '../../support/a-document.ts';

const start = Date.parse('2026-11-21T02:00:00Z');
const minute = 60_000;
const name = 'shop/prod/service/classifier/service-down';

/** One service with a rule that needs three breaching minutes, unless other rules are given. */
const documentWith = (rules = [serviceDown({ for: '3 minutes' })], every: Duration = '1 minute') =>
  aDocument({
    services: {
      classifier: {
        url: 'https://c.example.com',
        checks: [health({ every })],
        rules,
      },
    },
    batchJobs: {},
    volumes: {},
  });

/** A laptop's alarms over a store and a series that outlive it. */
class Laptop {
  readonly store = new MemoryAlarmStore();
  readonly series = new MemoryMetricSeries();
  readonly sent: { AlarmName: string; NewStateValue: string }[] = [];
  minute = 0;
  queueWorks = true;
  #evaluator: AlarmEvaluator;

  constructor(document = documentWith()) {
    this.#evaluator = this.start(document);
  }

  /** A new process over the same store. */
  start(document: MonitoringDocument): AlarmEvaluator {
    const signals = {
      send: async (body: string) => {
        if (!this.queueWorks) throw new Error('killed');
        this.sent.push(JSON.parse(body));
      },
    };
    this.#evaluator = new AlarmEvaluator({
      alarms: alarmsHere(document),
      series: this.series,
      store: this.store,
      signals,
    });
    return this.#evaluator;
  }

  /** Plays minutes: in each, the check publishes (`1` up, `0` down, `-` nothing), then alarms are evaluated. */
  async live(minutes: string): Promise<void> {
    for (const up of minutes) {
      const at = start + this.minute * minute;
      const dimensions = { Service: 'classifier' };
      if (up !== '-')
        await this.series.publish([{ metric: 'ServiceUp', unit: 'Count', dimensions, at, value: Number(up) }]);
      await this.series.publish([
        { metric: 'CheckCompleted', unit: 'Count', dimensions: { Check: 'health-60s-0' }, at, value: 1 },
      ]);
      this.minute += 1;
      await this.#evaluator.run(start + this.minute * minute);
    }
  }

  /** The signals that were sent for the service's alarm. */
  get signals(): string[] {
    return this.sent.filter(({ AlarmName }) => AlarmName === name).map(({ NewStateValue }) => NewStateValue);
  }
}

describe('the alarms of a laptop', () => {
  it.each([
    { case: 'a new alarm waits until its window is full, then says OK', minutes: '1111', signals: ['OK'], after: 4 },
    { case: 'three bad minutes raise it, as early as that', minutes: '1111000', signals: ['OK', 'ALARM'], after: 7 },
    { case: 'what stays as it is is said once', minutes: '1111000000', signals: ['OK', 'ALARM'], after: 10 },
    { case: 'one good minute ends it', minutes: '11110001', signals: ['OK', 'ALARM', 'OK'], after: 8 },
    { case: 'two bad minutes are too few', minutes: '1111001001', signals: ['OK'], after: 10 },
    {
      case: 'nothing measured for the whole range is no data',
      minutes: '1111------',
      signals: ['OK', 'INSUFFICIENT_DATA'],
      after: 10,
    },
    {
      case: 'a service that is down from the first minute is told once the window is full',
      minutes: '0000',
      signals: ['ALARM'],
      after: 4,
    },
  ])('$case', async ({ minutes, signals, after }) => {
    const laptop = new Laptop();
    await laptop.live(minutes);
    expect([laptop.signals, laptop.minute]).toEqual([signals, after]);
  });

  it('send nothing before the first window has passed', async () => {
    const laptop = new Laptop();
    await laptop.live('000');
    expect(laptop.signals).toEqual([]);
  });

  it('keep their state for a percentile with few samples: here each value is a sample', async () => {
    const patient = serviceDown({
      for: '20 minutes',
      period: '20 minutes',
      statistic: 'p50',
      fewSamples: 'ignore',
    });
    const laptop = new Laptop(documentWith([patient]));
    await laptop.live('1'.repeat(19));
    expect(laptop.signals).toEqual([]);
    await laptop.live('1'.repeat(10));
    expect(laptop.signals).toEqual(['OK']);
    await laptop.live(`-${'0'.repeat(19)}`);
    expect(laptop.signals).toEqual(['OK']);
    await laptop.live('0');
    expect(laptop.signals).toEqual(['OK', 'ALARM']);
  });

  describe('after a pause', () => {
    it('of at most two periods continue as before', async () => {
      const laptop = new Laptop();
      await laptop.live('111100');
      laptop.minute += 1;
      laptop.start(documentWith());
      await laptop.live('0');
      expect(laptop.signals).toEqual(['OK', 'ALARM']);
    });

    it('of more than two periods wait for a whole window and send nothing about the gap', async () => {
      const laptop = new Laptop();
      await laptop.live('1111');
      laptop.minute += 60;
      laptop.start(documentWith());
      await laptop.live('111');
      expect(laptop.sent.map(({ NewStateValue }) => NewStateValue)).not.toContain('ALARM');
      expect(laptop.signals).toEqual(['OK']);
      await laptop.live('000');
      expect(laptop.signals).toEqual(['OK', 'ALARM']);
    });

    it('continue to wait after a restart', async () => {
      const laptop = new Laptop();
      await laptop.live('0');
      laptop.start(documentWith());
      await laptop.live('00');
      expect(laptop.signals).toEqual([]);
      laptop.start(documentWith());
      await laptop.live('0');
      expect(laptop.signals).toEqual(['ALARM']);
    });
  });

  it('send a pending signal once after a crash', async () => {
    const laptop = new Laptop();
    await laptop.live('111100');
    laptop.queueWorks = false;
    await expect(laptop.live('0')).rejects.toThrow('killed');
    laptop.queueWorks = true;
    laptop.start(documentWith());
    await laptop.live('00');
    expect(laptop.signals).toEqual(['OK', 'ALARM']);
  });

  it('that are no longer in the document are removed, and new ones start from the initial state', async () => {
    const laptop = new Laptop();
    await laptop.live('1111000');
    const other = laptop.start(documentWith([slowResponses({ aboveSeconds: 5 })]));
    await laptop.live('0');
    expect((await laptop.store.all()).map((record) => record.name)).not.toContain(name);
    expect([...(await other.all()).keys()]).toEqual([
      'shop/prod/service/classifier/slow-responses',
      'shop/prod/check/health-60s-0/not-completed',
    ]);
  });

  it('have a state, a reason and a time', async () => {
    const laptop = new Laptop();
    const alarms = laptop.start(documentWith());
    await laptop.live('1111000');
    expect((await alarms.all()).get(name)).toEqual({
      state: 'ALARM',
      changedAt: start + 7 * minute,
      reason: expect.stringMatching(/^Threshold Crossed: 3 out of the last 3 datapoints/),
    });
  });

  it.each([
    { case: 'a minute', document: documentWith(), seconds: 60 },
    {
      case: 'ten seconds',
      document: documentWith([serviceDown({ for: '20 seconds', period: '10 seconds' })], '5 seconds'),
      seconds: 10,
    },
  ])('with periods of $case are evaluated every $seconds s', ({ document, seconds }) => {
    expect(new Laptop().start(document).everySeconds).toBe(seconds);
  });
});

describe('a metric that a laptop does not receive', () => {
  it('is not evaluated: a rule on an application metric would treat the missing data as a breach', async () => {
    const laptop = new Laptop(documentWith([serviceUnavailable(), serviceDown()]));
    await laptop.live('1111111111');
    expect(laptop.sent.map(({ AlarmName }) => AlarmName)).not.toContain(
      'shop/prod/service/classifier/service-unavailable',
    );
  });

  it('is listed', () => {
    expect(alarmsElsewhere(documentWith([serviceUnavailable(), serviceDown()]))).toEqual([
      'shop/prod/service/classifier/service-unavailable',
    ]);
  });
});

describe('when the clock is set back by an hour', () => {
  it('an outage that starts then sends a signal that is newer than the previous ones', async () => {
    const laptop = new Laptop();
    laptop.minute = 60;
    await laptop.live('1110001111');
    const before = laptop.sent.length;
    laptop.minute = 10;
    await laptop.live('1111000');
    const times = laptop.sent
      .filter(({ AlarmName }) => AlarmName === name)
      .map((signal) => Date.parse((signal as unknown as { StateChangeTime: string }).StateChangeTime));
    expect(laptop.sent.slice(before).map(({ NewStateValue }) => NewStateValue)).toContain('ALARM');
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(times).size).toBe(times.length);
  });

  it('values from before the change do not change an alarm', async () => {
    const laptop = new Laptop();
    await laptop.live('1111111000');
    await laptop.live('1111');
    const before = laptop.signals.length;
    // The window contains three minutes of the outage.
    laptop.minute = 10;
    await laptop.live('11111');
    expect(laptop.signals.slice(before)).toEqual([]);
  });
});
