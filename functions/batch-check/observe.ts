import { batchCheck } from '../../core/checks/batch.ts';
import { metricsOn } from '../../core/checks/check-kind.ts';
import type { Instruments, Observe } from '../../core/checks/observe.ts';
import { overdueMs, usualMsOf } from '../../core/checks/overdue.ts';
import type { Target } from '../../core/definition/document.ts';
import type { ExecutionHistory, JobState } from '../../core/history/execution-history.ts';
import { jobKind, type Run } from '../../core/history/run.ts';
import { evaluate, type Outstanding } from './evaluate.ts';

type BatchJob = Extract<Target, { kind: 'batch' }>;

/** How many successful runs the usual duration is computed from, and how many of the newest runs are read to find them. */
const [successesUsed, runsRead] = [10, 30];

/** Reads the last runs of a batch job from the execution history. */
export const observer =
  ({ ledger, runs }: Pick<Instruments, 'ledger' | 'runs'>): Observe =>
  async (target, _settings, scheduledAt) => {
    if (target.kind !== 'batch') throw new Error(`the batch check does not support the ${target.kind} ${target.name}`);
    const state = await ledger.jobState(target.name, scheduledAt);
    const observation = evaluate(state, scheduledAt, await outstandingOf(target, state, runs, scheduledAt));
    const measured = new Set(metricsOn(batchCheck, target).map(({ name }) => name));
    const measurements = Object.entries(observation.measurements).filter(([name]) => measured.has(name));
    return { ...observation, measurements: Object.fromEntries(measurements) };
  };

async function outstandingOf(
  { name, schedule, timeZone = 'UTC', maxDuration }: BatchJob,
  { firstSeenAt, lastRun }: JobState,
  runs: Pick<ExecutionHistory, 'newestRuns'>,
  now: number,
): Promise<Outstanding | undefined> {
  if (schedule === undefined) return undefined;
  const recent = await newest(runs, name);
  const usualMs =
    maxDuration === undefined
      ? usualMsOf(recent.filter(({ outcome }) => outcome === 'ok').slice(0, successesUsed))
      : maxDuration * 1000;
  const started = [recent[0]?.startedAt, lastRun?.startedAt].filter((at) => at !== undefined);
  const since = started.length > 0 ? { ran: Math.max(...started) } : { seen: firstSeenAt };
  return { overdueMs: overdueMs({ schedule, timeZone, usualMs }, since, now) };
}

async function newest(runs: Pick<ExecutionHistory, 'newestRuns'>, job: string): Promise<Run[]> {
  const found: Run[] = [];
  let successes = 0;
  for await (const run of runs.newestRuns(jobKind, job)) {
    found.push(run);
    successes += run.outcome === 'ok' ? 1 : 0;
    if (successes === successesUsed || found.length === runsRead) break;
  }
  return found;
}
