import { batchCheck } from '../../core/checks/batch.ts';
import { metricsOn } from '../../core/checks/check-kind.ts';
import type { Instruments, Observe } from '../../core/checks/observe.ts';
import { overdueMs, usualMsOf } from '../../core/checks/overdue.ts';
import type { Target } from '../../core/definition/document.ts';
import type { ExecutionHistory, JobState } from '../../core/history/execution-history.ts';
import { jobKind, type Run } from '../../core/history/run.ts';
import { evaluate, type Outstanding } from './evaluate.ts';

type BatchJob = Extract<Target, { kind: 'batch' }>;

/** How many of a job's last successful runs say how long a run takes, and among how many they are looked for. */
const [successesLookedAt, runsLookedAt] = [10, 30];

/** Looks a batch job's last runs up in the execution history. */
export const observer =
  ({ ledger, runs }: Pick<Instruments, 'ledger' | 'runs'>): Observe =>
  async (target, _settings, scheduledAt) => {
    if (target.kind !== 'batch') throw new Error(`the batch check was given the ${target.kind} ${target.name}`);
    const standing = await ledger.jobState(target.name, scheduledAt);
    const seen = evaluate(standing, scheduledAt, await outstandingOf(target, standing, runs, scheduledAt));
    const measured = new Set(metricsOn(batchCheck, target).map(({ name }) => name));
    const measurements = Object.entries(seen.measurements).filter(([name]) => measured.has(name));
    return { ...seen, measurements: Object.fromEntries(measurements) };
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
      ? usualMsOf(recent.filter(({ outcome }) => outcome === 'ok').slice(0, successesLookedAt))
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
    if (successes === successesLookedAt || found.length === runsLookedAt) break;
  }
  return found;
}
