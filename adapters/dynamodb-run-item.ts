import * as z from 'zod';
import { expiresAt, moment, type Retention } from '../core/history/retention.ts';
import { jobKind, type Run, run as runSchema } from '../core/history/run.ts';
import { utcDay } from '../core/time/zone.ts';
import { toItem } from './dynamodb-item.ts';
import type { Item, Key } from './dynamodb-table.ts';

/** A run as it is stored in the table. `newsOwed` marks the run of a batch job whose event has not been published yet. */
export const storedRun = runSchema.extend({ newsOwed: z.literal(true).optional() });

export type StoredRun = z.output<typeof storedRun>;

/** The partition of the runs of a kind at a target. */
export const runPk = (kind: string, target: string): string => `RUN#${kind}#${target}`;

export const runKey = (run: Run): Key => ({
  pk: runPk(run.kind, run.target),
  sk: `${moment(run.startedAt)}#${run.id}`,
});

/** The key of the state of a batch job. */
export const latestKey = (job: string): Key => ({ pk: `TARGET#${jobKind}#${job}`, sk: 'LATEST' });

/** A run as an item: in the index of failures if it failed, and in that of batch runs if it is one. */
export function runItem(run: StoredRun, retention: Pick<Retention, 'retentionDays'>): Item {
  const day = utcDay(run.startedAt);
  const indexSk = `${moment(run.startedAt)}#${run.target}#${run.id}`;
  return toItem(storedRun, run, {
    ...runKey(run),
    ...(run.outcome === 'failed' && { failuresPk: `FAILED#${run.kind}#${day}`, failuresSk: indexSk }),
    ...(run.kind === jobKind && { batchRunsPk: `BATCH#${day}`, batchRunsSk: indexSk }),
    expiresAt: expiresAt(retention, run.startedAt),
  });
}
