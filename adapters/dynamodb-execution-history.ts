import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { checkNames } from '../core/checks/check-names.ts';
import type { BatchLedger, ExecutionHistory, JobState } from '../core/history/execution-history.ts';
import { keptSince, lastDays, moment, type Retention, utcDaysBackward } from '../core/history/retention.ts';
import { jobKind, type Run, run as runSchema } from '../core/history/run.ts';
import { mergeSorted } from '../core/merge-sorted.ts';
import { instant } from '../events/instant.ts';
import { fromItem } from './dynamodb-item.ts';
import { latestKey, runItem, runKey, runPk, type StoredRun, storedRun } from './dynamodb-run-item.ts';
import { DynamodbTable, type Slice } from './dynamodb-table.ts';

const standing = z.object({ firstSeenAt: instant.optional(), lastRun: runSchema.optional() });

/** The execution history in the `history` table. Keys: docs/decisions/0001-table-keys.md. */
export class DynamodbExecutionHistory implements ExecutionHistory, BatchLedger {
  readonly #table: DynamodbTable;
  readonly #options: Retention & { pageSize?: number };

  constructor(client: DynamoDBClient, tableName: string, options: Retention & { pageSize?: number }) {
    this.#table = new DynamodbTable(client, tableName);
    this.#options = options;
  }

  async record(run: Run): Promise<void> {
    await this.#putNew(run);
  }

  async *recentRuns({ days }: { days: number }): AsyncGenerator<Run> {
    const { from, to } = lastDays(this.#options, days);
    for (const day of utcDaysBackward(from, to)) {
      yield* this.#runs({ index: 'batchRuns', pk: `BATCH#${day}`, from, to, newestFirst: true });
    }
  }

  async *failedRuns({ days }: { days: number }): AsyncGenerator<Run> {
    const { from, to } = lastDays(this.#options, days);
    for (const day of utcDaysBackward(from, to)) {
      const ofEachKind = [...checkNames, jobKind].map((kind) =>
        this.#runs({ index: 'failures', pk: `FAILED#${kind}#${day}`, from, to, newestFirst: true }),
      );
      yield* mergeSorted(ofEachKind, (one, other) => one.startedAt > other.startedAt);
    }
  }

  async lastRun(kind: string, target: string): Promise<Run | undefined> {
    for await (const run of this.#newestRuns(kind, target, 1)) return run;
    return undefined;
  }

  newestRuns(kind: string, target: string): AsyncGenerator<Run> {
    return this.#newestRuns(kind, target, 10);
  }

  async *runsBetween(kind: string, target: string, from: number, to: number): AsyncGenerator<Run> {
    yield* this.#runs({ pk: runPk(kind, target), from: Math.max(from, keptSince(this.#options)), to });
  }

  async recordPending(run: Run): Promise<boolean> {
    const isNew = await this.#putNew({ ...run, newsOwed: true });
    const kept = isNew ? undefined : await this.#table.get(runKey(run));
    // Also for a run that was stored before: the attempt that stored it may have stopped right after.
    await this.#moveLatest(run);
    return kept === undefined || fromItem(storedRun, kept).newsOwed === true;
  }

  async settle(run: Run): Promise<void> {
    await this.#table.update(runKey(run), { expression: 'REMOVE newsOwed', condition: 'attribute_exists(pk)' });
  }

  async jobState(job: string, now: number): Promise<JobState> {
    let kept = await this.#readLatest(job);
    if (kept?.firstSeenAt === undefined) {
      await this.#table.update(latestKey(job), {
        expression: 'SET firstSeenAt = :now',
        condition: 'attribute_not_exists(firstSeenAt)',
        values: { ':now': moment(now) },
      });
      kept = await this.#readLatest(job);
    }
    return { firstSeenAt: kept?.firstSeenAt ?? now, lastRun: kept?.lastRun };
  }

  async *#newestRuns(kind: string, target: string, pageSize: number): AsyncGenerator<Run> {
    const range = { from: keptSince(this.#options), to: farFuture };
    yield* this.#runs({ pk: runPk(kind, target), ...range, newestFirst: true, pageSize });
  }

  async #putNew(run: StoredRun): Promise<boolean> {
    return this.#table.put(runItem(run, this.#options), { expression: 'attribute_not_exists(pk)' });
  }

  async #moveLatest(run: Run): Promise<void> {
    const lastRun = z.encode(runSchema, run);
    await this.#table.update(latestKey(run.target), {
      expression: 'SET lastRun = :run',
      condition: 'attribute_not_exists(lastRun) OR lastRun.finishedAt < :finishedAt',
      values: { ':run': lastRun, ':finishedAt': lastRun.finishedAt },
    });
  }

  async #readLatest(job: string) {
    const item = await this.#table.get(latestKey(job));
    return item && fromItem(standing, item);
  }

  async *#runs(slice: Omit<Slice, 'from' | 'to'> & { from: number; to: number }): AsyncGenerator<Run> {
    const { from, to, pageSize = this.#options.pageSize, ...rest } = slice;
    if (from >= to) return;
    for await (const item of this.#table.query({ ...rest, pageSize, from: moment(from), to: moment(to) })) {
      yield fromItem(runSchema, item);
    }
  }
}

const farFuture = Date.UTC(9999, 0);
