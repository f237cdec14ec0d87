import type { BatchLedger, ExecutionHistory, JobState } from '../core/history/execution-history.ts';
import { keptSince, lastDays, type Retention } from '../core/history/retention.ts';
import { jobKind, type Run } from '../core/history/run.ts';

/** The execution history in this process: for tests and the simulator. It stores copies, never references to the caller's values. */
export class MemoryExecutionHistory implements ExecutionHistory, BatchLedger {
  readonly #retention: Retention;
  /** Runs by kind and target, the oldest first. */
  readonly #runs = new Map<string, Run[]>();
  readonly #owing = new Set<string>();
  readonly #jobStates = new Map<string, Partial<JobState>>();

  constructor(retention: Retention) {
    this.#retention = retention;
  }

  async record(run: Run): Promise<void> {
    this.#insert(run);
  }

  async *recentRuns({ days }: { days: number }): AsyncGenerator<Run> {
    const { from, to } = lastDays(this.#retention, days);
    yield* this.#newestFirst((run) => run.kind === jobKind, from, to);
  }

  async *failedRuns({ days }: { days: number }): AsyncGenerator<Run> {
    const { from, to } = lastDays(this.#retention, days);
    yield* this.#newestFirst((run) => run.outcome === 'failed', from, to);
  }

  async lastRun(kind: string, target: string): Promise<Run | undefined> {
    const last = this.#runs.get(placeOf(kind, target))?.at(-1);
    return last && last.startedAt >= keptSince(this.#retention) ? structuredClone(last) : undefined;
  }

  async *newestRuns(kind: string, target: string): AsyncGenerator<Run> {
    const since = keptSince(this.#retention);
    const runs = this.#runs.get(placeOf(kind, target)) ?? [];
    for (let i = runs.length - 1; i >= 0 && runs[i]!.startedAt >= since; i--) yield structuredClone(runs[i]!);
  }

  async *runsBetween(kind: string, target: string, from: number, to: number): AsyncGenerator<Run> {
    const since = Math.max(from, keptSince(this.#retention));
    for (const run of this.#runs.get(placeOf(kind, target)) ?? []) {
      if (run.startedAt >= since && run.startedAt < to) yield structuredClone(run);
    }
  }

  async recordPending(run: Run): Promise<boolean> {
    if (this.#insert(run)) this.#owing.add(nameOf(run));
    const standing = this.#jobStates.get(run.target) ?? {};
    if (!standing.lastRun || standing.lastRun.finishedAt < run.finishedAt) {
      this.#jobStates.set(run.target, { ...standing, lastRun: structuredClone(run) });
    }
    return this.#owing.has(nameOf(run));
  }

  async settle(run: Run): Promise<void> {
    this.#owing.delete(nameOf(run));
  }

  async jobState(job: string, now: number): Promise<JobState> {
    const known = this.#jobStates.get(job);
    const standing = { lastRun: known?.lastRun, firstSeenAt: known?.firstSeenAt ?? now };
    this.#jobStates.set(job, standing);
    return structuredClone(standing);
  }

  /** @returns false when it was stored already */
  #insert(run: Run): boolean {
    const place = placeOf(run.kind, run.target);
    const runs = this.#runs.get(place) ?? [];
    this.#runs.set(place, runs);
    // Runs arrive almost in order, so the right position is almost always the end.
    let at = runs.length;
    while (at > 0 && sortKey(runs[at - 1]!) > sortKey(run)) at--;
    if (at > 0 && sortKey(runs[at - 1]!) === sortKey(run)) return false;
    runs.splice(at, 0, structuredClone(run));
    return true;
  }

  #newestFirst(wanted: (run: Run) => boolean, from: number, to: number): Run[] {
    return [...this.#runs.values()]
      .flat()
      .filter((run) => wanted(run) && run.startedAt >= from && run.startedAt < to)
      .sort((one, other) => other.startedAt - one.startedAt)
      .map((run) => structuredClone(run));
  }
}

const placeOf = (kind: string, target: string) => `${kind}#${target}`;
const sortKey = (run: Run) => `${new Date(run.startedAt).toISOString()}#${run.id}`;
const nameOf = (run: Run) => `${placeOf(run.kind, run.target)}#${sortKey(run)}`;
