import type { CheckResult } from '../../events/check-result.ts';
import type { CheckTick } from '../../events/check-tick.ts';
import type { MonitoringDocument, Target } from '../definition/document.ts';
import type { ExecutionHistory } from '../history/execution-history.ts';
import { runOfCheck } from '../history/run.ts';
import { type Datum, dimensionsOf, type MetricSink } from '../metrics/metric.ts';
import { metricBatch } from '../metrics/metric-batch.ts';
import { checkCompleted } from '../metrics/pipeline-metrics.ts';
import type { Clock } from '../time/clock.ts';
import { startedTogether } from './budget.ts';
import { checkKindOf } from './checks.ts';
import { startTimer } from './invocation-timer.ts';
import { look, messageOf } from './look.ts';
import { lookAtAll, type Places } from './look-at-all.ts';
import type { Observe } from './observe.ts';
import { type Schedule, scheduleOf, schedulesOf, targetsOf } from './schedules.ts';

/** What a check runs with. */
export interface RunCheckPorts {
  document: Pick<MonitoringDocument, 'targets'>;
  observe: Observe;
  history: Pick<ExecutionHistory, 'record'>;
  metrics: MetricSink;
  clock: Clock;
  /** Shared by checks that run in one process. @default its own */
  places?: Places;
}

/**
 * One invocation of a check: looks at every target of the tick's schedule and keeps each result as soon as it is there.
 * A look always ends, at the latest at `deadlineAt`, and no target keeps another from being seen. `CheckCompleted` is the
 * last value that is published, in the request of the values before it, unless nothing at all was seen or kept: one target
 * that cannot be judged says nothing of the others.
 * @throws {AggregateError} at the very end, with every target that could not be judged and all that could not be kept, so
 * that the operators are notified
 */
export function runCheck(ports: RunCheckPorts): (tick: CheckTick, deadlineAt: number) => Promise<void> {
  return async (tick, deadlineAt) => {
    const schedule = scheduleOf(ports.document, tick);
    if (!schedule) throw new Error(unknownSchedule(tick, ports.document));
    const batch = metricBatch(ports.metrics);
    const unseen: Unseen[] = [];
    const lost: unknown[] = [];
    const targets = targetsOf(ports.document, schedule);

    const timer = startTimer(ports.clock, deadlineAt, batch.publish);
    await lookAtAll(
      inTurn(targets, tick),
      ports.clock,
      async (target) => {
        const result = await look(ports, tick, target, timer);
        if (result.outcome === 'incomplete' || result.outcome === 'unknown')
          unseen.push({
            target: target.name,
            outcome: result.outcome,
            reason: result.error?.message ?? 'no reason given',
          });
        batch.add(dataOf(result));
        await ports.history.record(runOfCheck(result)).catch((error: unknown) => void lost.push(error));
      },
      ports.places,
    );
    timer.stop();

    const seen = unseen.filter(({ outcome }) => outcome === 'incomplete').length < Math.max(1, targets.length);
    const kept = lost.length < Math.max(1, targets.length);
    const unpublished = await batch.end(seen && kept ? completionOf(schedule, tick) : undefined);
    const failures = [...lost, ...unpublished];
    if (unseen.length + failures.length > 0)
      throw new AggregateError(failures, sayShortfall(schedule, unseen, failures));
  };
}

/** A target whose state this run could not establish. */
interface Unseen {
  target: string;
  outcome: 'unknown' | 'incomplete';
  reason: string;
}

/** How many targets a message names. */
const named = 5;

function sayShortfall({ id }: Schedule, unseen: readonly Unseen[], failures: readonly unknown[]): string {
  const reasons = [...new Set(failures.map(messageOf))];
  const more = unseen.length > named ? `; and ${unseen.length - named} more` : '';
  return [
    ...(reasons.length > 0 ? [`${id} could not keep all results: ${reasons.slice(0, named).join('; ')}`] : []),
    ...(unseen.length > 0
      ? [
          `${id} could not judge ${unseen.length === 1 ? '1 target' : `${unseen.length} targets`}: ` +
            unseen
              .slice(0, named)
              .map(({ target, reason }) => `${target}: ${reason}`)
              .join('; ') +
            more,
        ]
      : []),
  ].join('. ');
}

/**
 * The targets in the order of this run. Each run begins elsewhere in the list, so that if the time is ever too short the
 * same targets are not left out each time.
 */
function inTurn(targets: readonly Target[], tick: CheckTick): readonly Target[] {
  if (targets.length === 0) return targets;
  const first = (Math.floor(tick.scheduledAt / (tick.everySeconds * 1000)) * startedTogether) % targets.length;
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
    `the config has no schedule ${check}-${everySeconds}s-${shard}; there are ${known.join(', ') || 'none'}. ` +
    'The tick comes from a schedule of an older config: deploy again, or restart the laptop run'
  );
}
