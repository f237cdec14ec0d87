import * as z from 'zod';
import { type BatchRun, batchRun, batchRunDetailType, batchRunSource } from '../../events/batch-run.ts';
import { clip, clipStart } from '../delivery/clean-text.ts';
import { reasonOf } from '../queues/parse-body.ts';
import { stableHash } from '../stable-hash.ts';
import { parseTimestamp } from '../time/timestamp.ts';

/** A parsed report with notes on its defects, or the reason why it was rejected. */
export type ReadReport = { ok: true; run: BatchRun; notes: string[] } | { ok: false; reason: string };

/** The envelope of EventBridge. The content is parsed leniently. */
const envelope = z.object({
  id: z.unknown().optional(),
  source: z.literal(batchRunSource),
  'detail-type': z.literal(batchRunDetailType),
  time: z.unknown().optional(),
  detail: z.preprocess(jsonIn, z.record(z.string(), z.unknown(), { error: 'is not an object' })),
});

/** Up to this much a time can be in the future without a note, in milliseconds, because clocks differ. */
const tolerableSkewMs = 60_000;
const longestError = 2000;
const longestId = 100;
const counts = ['total', 'successful', 'failed'] as const;
const known = [...['job', 'runId', 'startedAt', 'finishedAt', 'outcome', 'error', 'exitCode', 'categories'], ...counts];

/** An earlier time is a zero or has another unit, and would make the run the oldest of all. */
const earliest = Date.UTC(2000);

/** The names of outcomes that programs and schedulers use. */
const outcomes: ReadonlyMap<unknown, BatchRun['outcome']> = new Map([
  ...['succeeded', 'success', 'successful', 'ok', 'complete', 'completed', 'passed', true].map(
    (word) => [word, 'succeeded'] as const,
  ),
  ...['failed', 'failure', 'fail', 'error', 'errored', 'timeout', 'timedout', 'aborted', 'crashed', 'killed'].map(
    (word) => [word, 'failed'] as const,
  ),
  ...['cancelled', 'canceled', 'terminated', 'interrupted', false].map((word) => [word, 'failed'] as const),
]);

/**
 * Parses a reported run. A failure in a malformed report still matters, so invalid fields are truncated, converted or omitted,
 * with a note. Only a report without a job or an outcome is rejected.
 * @param now replaces a missing time, and limits times in the future
 */
export function readReport(event: unknown, now: number): ReadReport {
  const parsed = envelope.safeParse(event);
  if (!parsed.success) return { ok: false, reason: reasonOf(parsed.error) };
  const { id, time, detail } = parsed.data;
  const notes: string[] = [];
  const fields = Object.fromEntries(
    Object.entries(detail).filter(([, value]) => value !== null && value !== undefined),
  );
  for (const key of Object.keys(fields)) if (!known.includes(key)) notes.push(`${clip(key, 40)} is not a known field`);

  const job = textOf(fields['job'])?.trim();
  if (!job) return { ok: false, reason: `job is missing in the report of run ${describe(fields['runId'])}` };
  const exitCode = wholeOf(fields['exitCode']);
  const outcome = outcomeOf(fields['outcome'], exitCode, notes);
  if (!outcome) {
    const is = fields['outcome'] === undefined ? 'missing' : `${describe(fields['outcome'])}, which is not an outcome`;
    return { ok: false, reason: `batch job ${clip(job, 100)}: outcome is ${is}; write succeeded or failed` };
  }
  const times = timesOf(fields, parseTimestamp(time) ?? now, now, notes);
  const run = {
    job,
    runId: idOf(fields['runId'], `${textOf(id) ?? ''}@${times.startedAt}`, notes),
    ...times,
    outcome,
    ...(fields['error'] === undefined ? {} : { error: errorOf(fields['error'], notes) }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...countsOf(fields, notes),
    ...categoriesOf(fields['categories'], notes),
  };
  const checked = batchRun.safeEncode(run);
  return checked.success ? { ok: true, run, notes } : { ok: false, reason: reasonOf(checked.error) };
}

/** The reported outcome or, if it is not valid, the outcome of the exit code. If the two differ, the outcome counts, with a note. */
function outcomeOf(value: unknown, exitCode: number | undefined, notes: string[]): BatchRun['outcome'] | undefined {
  const word =
    typeof value === 'string'
      ? value
          .trim()
          .toLowerCase()
          .replace(/[\s_-]/g, '')
      : value;
  const reported = outcomes.get(word);
  const byCode = exitCode === undefined ? undefined : exitCode === 0 ? 'succeeded' : 'failed';
  if (reported === undefined && byCode && value !== undefined)
    notes.push(`outcome is ${describe(value)}, which is not an outcome; the exit code is ${exitCode}`);
  if (reported && byCode && reported !== byCode)
    notes.push(`outcome is ${describe(value)}, but the exit code is ${exitCode}`);
  return reported ?? byCode;
}

/** A run never ends before it starts, nor in the future: it would remain the newest run, and a missing run would not be detected. */
function timesOf(fields: Record<string, unknown>, arrivedAt: number, now: number, notes: string[]) {
  const read = (field: string) => {
    const parsed = parseTimestamp(fields[field]);
    const at = parsed !== undefined && parsed < earliest ? undefined : parsed;
    if (at === undefined && fields[field] !== undefined)
      notes.push(`${field} is ${describe(fields[field])}, which is not a time`);
    if (at === undefined || at <= now + tolerableSkewMs) return at;
    notes.push(`${field} is ${Math.ceil((at - now) / 1000)} s in the future`);
    return now;
  };
  const [start, end] = [read('startedAt'), read('finishedAt')];
  const finishedAt = end ?? Math.max(arrivedAt, start ?? arrivedAt);
  if (end === undefined) notes.push('finishedAt is missing; the arrival time of the report is used');
  if (start !== undefined && start > finishedAt) notes.push('the run ends before it starts');
  return { startedAt: Math.min(start ?? finishedAt, finishedAt), finishedAt };
}

function idOf(value: unknown, instead: string, notes: string[]): string {
  const text = textOf(value)?.trim();
  if (!text) {
    notes.push('runId is missing');
    return stableHash(instead).slice(0, 12);
  }
  if (text.length <= longestId) return text;
  notes.push(`runId is longer than ${longestId} characters`);
  // Two long ids with the same prefix remain different. A surrogate pair is not split, because a store would not return half of it.
  return `${text.slice(0, longestId - 13).replace(/[\uD800-\uDBFF]$/, '')}-${stableHash(text).slice(0, 12)}`;
}

/** Truncated at the start, because the last line of a stack trace states the error. */
function errorOf(value: unknown, notes: string[]): string {
  const text = textOf(value) ?? jsonOf(value);
  if (text.length > longestError) notes.push(`error was truncated to its last ${longestError} characters`);
  return clipStart(text, longestError);
}

function countsOf(fields: Record<string, unknown>, notes: string[]): Partial<Record<(typeof counts)[number], number>> {
  const read = counts.flatMap((field) => {
    if (fields[field] === undefined) return [];
    const value = wholeOf(fields[field]);
    if (value !== undefined && value >= 0) return [[field, value] as const];
    notes.push(`${field} is ${describe(fields[field])}, which is not a count`);
    return [];
  });
  const found: Partial<Record<(typeof counts)[number], number>> = Object.fromEntries(read);
  for (const part of ['successful', 'failed'] as const)
    if ((found[part] ?? 0) > (found.total ?? Number.POSITIVE_INFINITY))
      notes.push(`${part} is ${found[part]}, more than the total of ${found.total}`);
  return found;
}

function categoriesOf(value: unknown, notes: string[]): { categories?: Record<string, number> } {
  if (value === undefined) return {};
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const numbers = entries.flatMap(([name, count]) => {
    const number = typeof count === 'string' && count.trim() !== '' ? Number(count) : count;
    return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? [[name, number] as const] : [];
  });
  if (numbers.length < entries.length || entries.length === 0) notes.push('some categories are not counts');
  return numbers.length > 0 ? { categories: Object.fromEntries(numbers) } : {};
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;

function wholeOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return Number.isSafeInteger(number) ? (number as number) : undefined;
}

/** A value as text, unless it is nested deeper than the call stack. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'absent';
  } catch {
    return 'a value that is nested too deeply';
  }
}

const describe = (value: unknown): string => clip(jsonOf(value), 60);

/** Decodes an object that was encoded as JSON twice, by a program and by its library. */
function jsonIn(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
