import pMap from 'p-map';
import type { CheckResult } from '../../events/check-result.ts';
import type { CheckTick } from '../../events/check-tick.ts';
import type { MonitoringDocument, Target } from '../config/document.ts';
import type { ExecutionHistory } from '../history/execution-history.ts';
import { runOfCheck } from '../history/run.ts';
import { type Datum, dimensionsOf, type MetricSink } from '../metrics/metric.ts';
import { metricBatch } from '../metrics/metric-batch.ts';
import { findMetric } from '../metrics/registry.ts';
import type { Clock } from '../time/clock.ts';
import { startTimer, type Timer } from './invocation-timer.ts';
import type { Observation, Observe } from './observe.ts';
import { type Schedule, scheduleOf, schedulesOf, targetsOf } from './schedules.ts';

/** How many targets are looked at at a time. */
const concurrency = 20;

/** What a check runs with. */
export interface RunCheckPorts {
  document: Pick<MonitoringDocument, 'targets'>;
  observe: Observe;
  history: Pick<ExecutionHistory, 'record'>;
  metrics: MetricSink;
  clock: Clock;
}

/**
 * One invocation of a check: looks at every target of the tick's schedule and keeps each result as soon as it is there.
 * What cannot be finished before `deadlineAt` is recorded as incomplete. `CheckCompleted` is the last value that is
 * published, in the request of the values before it, and only when every target was really looked at and everything was kept.
 * @throws {AggregateError} when results could not be kept, after the other targets were served
 */
export function runCheck(ports: RunCheckPorts): (tick: CheckTick, deadlineAt: number) => Promise<void> {
  return async (tick, deadlineAt) => {
    const schedule = scheduleOf(ports.document, tick);
    if (!schedule) throw new Error(unknownSchedule(tick, ports.document));
    const batch = metricBatch(ports.metrics);
    const failures: unknown[] = [];
    let incomplete = 0;

    const timer = startTimer(ports.clock, deadlineAt, batch.publish);
    await pMap(
      targetsOf(ports.document, schedule),
      async (target) => {
        const result = await look(ports, tick, target, timer);
        if (result.outcome === 'incomplete') incomplete += 1;
        batch.add(dataOf(result));
        await ports.history.record(runOfCheck(result)).catch((error: unknown) => failures.push(error));
      },
      { concurrency },
    );
    timer.stop();
    const isComplete = incomplete === 0 && failures.length === 0;
    failures.push(...(await batch.end(isComplete ? completionOf(schedule, tick) : undefined)));

    if (failures.length > 0) {
      const reasons = new Set(failures.map((error) => (error instanceof Error ? error.message : String(error))));
      throw new AggregateError(failures, `${schedule.id} could not keep all results: ${[...reasons].join('; ')}`);
    }
  };
}

/** A look at one target that always ends: with what was seen, with our own fault, or with the end of the time. */
async function look(ports: RunCheckPorts, tick: CheckTick, target: Target, timer: Timer): Promise<CheckResult> {
  const startedAt = ports.clock.now();
  const settings = target.checks.find((c) => c.check === tick.check && c.every === tick.everySeconds)!;
  const observed = async () => checked(await ports.observe(target, settings, tick.scheduledAt));
  const observation = timer.over
    ? outOfTime
    : await Promise.race([observed().catch(ourFault), timer.ended.then(() => outOfTime)]);
  return {
    check: tick.check,
    target: { kind: target.kind, name: target.name },
    scheduledAt: tick.scheduledAt,
    startedAt,
    finishedAt: ports.clock.now(),
    ...observation,
  };
}

const notSeen = (error: { class: string; message: string }): Observation => ({
  outcome: 'incomplete',
  error,
  measurements: {},
  details: {},
});
const outOfTime = notSeen({
  class: 'out-of-time',
  message: 'the invocation ran out of time before this target answered',
});
const ourFault = (error: unknown) =>
  notSeen({ class: 'our-fault', message: error instanceof Error ? error.message : String(error) });

/** One value that CloudWatch refuses would take its whole batch along, so such an observation is our own fault. */
function checked(observation: Observation): Observation {
  for (const [name, value] of Object.entries(observation.measurements)) {
    if (!findMetric(name)) throw new Error(`${name} is not in the metric registry; declare it in the check's metrics`);
    if (!Number.isFinite(value)) throw new Error(`${name} is ${value}; leave a value out that could not be measured`);
  }
  return observation;
}

function dataOf({ target, scheduledAt, measurements }: CheckResult): Datum[] {
  return Object.entries(measurements).map(([name, value]) => {
    const { unit, of } = findMetric(name)!;
    return { metric: name, unit, dimensions: dimensionsOf(of, target.name), at: scheduledAt, value };
  });
}

const completionOf = (schedule: Schedule, tick: CheckTick): Datum => ({
  metric: 'CheckCompleted',
  unit: 'Count',
  dimensions: dimensionsOf('check', schedule.id),
  at: tick.scheduledAt,
  value: 1,
});

function unknownSchedule({ check, everySeconds, shard }: CheckTick, document: RunCheckPorts['document']): string {
  const known = schedulesOf(document).map((schedule) => schedule.id);
  return (
    `the config has no schedule ${check}-${everySeconds}s-${shard}; there are ${known.join(', ') || 'none'}. ` +
    'The tick comes from a schedule of an older config: deploy again, or restart the laptop run'
  );
}
