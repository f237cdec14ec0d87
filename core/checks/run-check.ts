import type { CheckResult } from '../../events/check-result.ts';
import type { CheckTick } from '../../events/check-tick.ts';
import type { MonitoringDocument, Target } from '../definition/document.ts';
import type { ExecutionHistory } from '../history/execution-history.ts';
import { runOfCheck } from '../history/run.ts';
import { type Datum, dimensionsOf, type MetricSink } from '../metrics/metric.ts';
import { metricBatch } from '../metrics/metric-batch.ts';
import { checkCompleted } from '../metrics/pipeline-metrics.ts';
import type { Clock } from '../time/clock.ts';
import { maxStarting } from './budget.ts';
import { checkKindOf } from './checks.ts';
import { startTimer } from './invocation-timer.ts';
import type { Observe } from './observe.ts';
import { observeAll, type StartSlots } from './observe-all.ts';
import { messageOf, observeTarget } from './observe-target.ts';
import { type Schedule, scheduleOf, schedulesOf, targetsOf } from './schedules.ts';

/** The ports of a check. */
export interface RunCheckPorts {
  document: Pick<MonitoringDocument, 'targets'>;
  observe: Observe;
  history: Pick<ExecutionHistory, 'record'>;
  metrics: MetricSink;
  clock: Clock;
  /** Shared by the checks that run in one process. @default its own slots */
  startSlots?: StartSlots;
}

/**
 * One invocation of a check: observes every target of the tick's schedule and records each result as soon as it is available.
 * An observation always ends, at the latest at `deadlineAt`, and no target blocks another. `CheckCompleted` is the last
 * value that is published, in the same request as the values before it, unless no target at all was observed or recorded:
 * one target whose state is unknown does not affect the others.
 * @throws {AggregateError} at the end, with every target whose state is unknown and everything that could not be recorded,
 * so that the operators are notified
 */
export function runCheck(ports: RunCheckPorts): (tick: CheckTick, deadlineAt: number) => Promise<void> {
  return async (tick, deadlineAt) => {
    const schedule = scheduleOf(ports.document, tick);
    if (!schedule) throw new Error(unknownSchedule(tick, ports.document));
    const batch = metricBatch(ports.metrics);
    const unknown: UnknownState[] = [];
    const lost: unknown[] = [];
    const targets = targetsOf(ports.document, schedule);

    const timer = startTimer(ports.clock, deadlineAt, batch.publish);
    await observeAll(
      rotated(targets, tick),
      ports.clock,
      async (target) => {
        const result = await observeTarget(ports, tick, target, timer);
        if (result.outcome === 'incomplete' || result.outcome === 'unknown')
          unknown.push({
            target: target.name,
            outcome: result.outcome,
            reason: result.error?.message ?? 'no reason given',
          });
        batch.add(dataOf(result));
        await ports.history.record(runOfCheck(result)).catch((error: unknown) => void lost.push(error));
      },
      ports.startSlots,
    );
    timer.stop();

    const observed = unknown.filter(({ outcome }) => outcome === 'incomplete').length < Math.max(1, targets.length);
    const recorded = lost.length < Math.max(1, targets.length);
    const unpublished = await batch.end(observed && recorded ? completionOf(schedule, tick) : undefined);
    const failures = [...lost, ...unpublished];
    if (unknown.length + failures.length > 0)
      throw new AggregateError(failures, describeShortfall(schedule, unknown, failures));
  };
}

/** A target whose state this run could not determine. */
interface UnknownState {
  target: string;
  outcome: 'unknown' | 'incomplete';
  reason: string;
}

/** The maximum number of targets in a message. */
const maxNamed = 5;

function describeShortfall({ id }: Schedule, unknown: readonly UnknownState[], failures: readonly unknown[]): string {
  const reasons = [...new Set(failures.map(messageOf))];
  const more = unknown.length > maxNamed ? `; and ${unknown.length - maxNamed} more` : '';
  return [
    ...(reasons.length > 0 ? [`${id} could not record all results: ${reasons.slice(0, maxNamed).join('; ')}`] : []),
    ...(unknown.length > 0
      ? [
          `${id} could not determine the state of ${unknown.length === 1 ? '1 target' : `${unknown.length} targets`}: ` +
            unknown
              .slice(0, maxNamed)
              .map(({ target, reason }) => `${target}: ${reason}`)
              .join('; ') +
            more,
        ]
      : []),
  ].join('. ');
}

/**
 * The targets in the order of this run. Each run starts at another place in the list, so that if the time is too short, not
 * the same targets are skipped each time.
 */
function rotated(targets: readonly Target[], tick: CheckTick): readonly Target[] {
  if (targets.length === 0) return targets;
  const first = (Math.floor(tick.scheduledAt / (tick.everySeconds * 1000)) * maxStarting) % targets.length;
  return [...targets.slice(first), ...targets.slice(0, first)];
}

function dataOf({ check, target, scheduledAt, measurements }: CheckResult): Datum[] {
  const { metrics } = checkKindOf(check);
  return Object.entries(measurements).map(([name, value]) => {
    const { unit, of } = metrics.find((metric) => metric.name === name)!;
    return { metric: name, unit, dimensions: dimensionsOf(of, target.name), at: scheduledAt, value };
  });
}

const completionOf = (schedule: Schedule, tick: CheckTick): Datum => ({
  metric: checkCompleted.name,
  unit: checkCompleted.unit,
  dimensions: dimensionsOf(checkCompleted.of, schedule.id),
  at: tick.scheduledAt,
  value: 1,
});

function unknownSchedule({ check, everySeconds, shard }: CheckTick, document: RunCheckPorts['document']): string {
  const known = schedulesOf(document).map((schedule) => schedule.id);
  return (
    `the config has no schedule ${check}-${everySeconds}s-${shard}; use one of: ${known.join(', ') || 'none exist'}. ` +
    'The tick comes from a schedule of an older config; deploy again, or restart the laptop run'
  );
}
