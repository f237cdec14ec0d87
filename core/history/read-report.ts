import * as z from 'zod';
import { type BatchRun, batchRun, batchRunDetailType, batchRunSource } from '../../events/batch-run.ts';
import { clip, clipStart } from '../delivery/clean-text.ts';
import { reasonOf } from '../queues/parse-body.ts';
import { stableHash } from '../stable-hash.ts';
import { parseTimestamp } from '../time/timestamp.ts';

/** A report as it was understood, with what was off about it; or why it could not be. */
export type ReadReport = { ok: true; run: BatchRun; notes: string[] } | { ok: false; reason: string };

/** The envelope of EventBridge. What is inside may be off in many ways, and be understood all the same. */
const envelope = z.object({
  id: z.unknown().optional(),
  source: z.literal(batchRunSource),
  'detail-type': z.literal(batchRunDetailType),
  time: z.unknown().optional(),
  detail: z.preprocess(jsonIn, z.record(z.string(), z.unknown(), { error: 'is not an object' })),
});

/** How far ahead the clock of another machine may be, in milliseconds, without a word. */
const tolerableSkewMs = 60_000;
const longestError = 2000;
const longestId = 100;
const counts = ['total', 'successful', 'failed'] as const;
const known = [...['job', 'runId', 'startedAt', 'finishedAt', 'outcome', 'error', 'exitCode', 'categories'], ...counts];

/** Before this no run was reported: such a time is a zero, or in another unit, and would make the run the oldest of all. */
const earliest = Date.UTC(2000);

/** The outcomes as programs and schedulers write them. */
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
 * Reads a reported run. A failure that a job reports badly is still a failure that people wait for: what is off is cut,
 * converted or left out, and noted; refused is only what cannot be understood, a report without a job or an outcome.
 * @param now stands in for a time that is not there, and bounds those that lie ahead
 */
export function readReport(event: unknown, now: number): ReadReport {
  const parsed = envelope.safeParse(event);
  if (!parsed.success) return { ok: false, reason: reasonOf(parsed.error) };
  const { id, time, detail } = parsed.data;
  const notes: string[] = [];
  const said = Object.fromEntries(Object.entries(detail).filter(([, value]) => value !== null && value !== undefined));
  for (const key of Object.keys(said))
    if (!known.includes(key)) notes.push(`${clip(key, 40)} is not a field of a report`);

  const job = textOf(said['job'])?.trim();
  if (!job) return { ok: false, reason: `job is missing in the report of run ${say(said['runId'])}` };
  const exitCode = wholeOf(said['exitCode']);
  const outcome = outcomeOf(said['outcome'], exitCode, notes);
  if (!outcome) {
    const is = said['outcome'] === undefined ? 'missing' : `${say(said['outcome'])}, which is not an outcome`;
    return { ok: false, reason: `batch job ${clip(job, 100)}: outcome is ${is}; write succeeded or failed` };
  }
  const times = timesOf(said, parseTimestamp(time) ?? now, now, notes);
  const run = {
    job,
    runId: idOf(said['runId'], `${textOf(id) ?? ''}@${times.startedAt}`, notes),
    ...times,
    outcome,
    ...(said['error'] === undefined ? {} : { error: errorOf(said['error'], notes) }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...countsOf(said, notes),
    ...categoriesOf(said['categories'], notes),
  };
  const checked = batchRun.safeEncode(run);
  return checked.success ? { ok: true, run, notes } : { ok: false, reason: reasonOf(checked.error) };
}

/** By its word; where that is none, by the exit code. Where the two disagree the word counts, and that is noted. */
function outcomeOf(value: unknown, exitCode: number | undefined, notes: string[]): BatchRun['outcome'] | undefined {
  const word =
    typeof value === 'string'
      ? value
          .trim()
          .toLowerCase()
          .replace(/[\s_-]/g, '')
      : value;
  const said = outcomes.get(word);
  const byCode = exitCode === undefined ? undefined : exitCode === 0 ? 'succeeded' : 'failed';
  if (said === undefined && byCode && value !== undefined)
    notes.push(`outcome is ${say(value)}, which is not an outcome; the exit code is ${exitCode}`);
  if (said && byCode && said !== byCode) notes.push(`outcome is ${say(value)}, but the exit code is ${exitCode}`);
  return said ?? byCode;
}

/** A run never ends before it starts, nor ahead of our clock: it would stay the newest, and the job would never be missed. */
function timesOf(said: Record<string, unknown>, arrivedAt: number, now: number, notes: string[]) {
  const read = (field: string) => {
    const parsed = parseTimestamp(said[field]);
    const at = parsed !== undefined && parsed < earliest ? undefined : parsed;
    if (at === undefined && said[field] !== undefined)
      notes.push(`${field} is ${say(said[field])}, which is not a time`);
    if (at === undefined || at <= now + tolerableSkewMs) return at;
    notes.push(`${field} lies ${Math.ceil((at - now) / 1000)} s ahead of our clock`);
    return now;
  };
  const [start, end] = [read('startedAt'), read('finishedAt')];
  const finishedAt = end ?? Math.max(arrivedAt, start ?? arrivedAt);
  if (end === undefined) notes.push('finishedAt is taken from the arrival of the report');
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
  // Two long ids with the same beginning stay two. Cut between characters: a store would not give half of one back.
  return `${text.slice(0, longestId - 13).replace(/[\uD800-\uDBFF]$/, '')}-${stableHash(text).slice(0, 12)}`;
}

/** Cut from the front: of a traceback the last line says what went wrong. */
function errorOf(value: unknown, notes: string[]): string {
  const text = textOf(value) ?? jsonOf(value);
  if (text.length > longestError) notes.push(`error was cut to its last ${longestError} characters`);
  return clipStart(text, longestError);
}

function countsOf(said: Record<string, unknown>, notes: string[]): Partial<Record<(typeof counts)[number], number>> {
  const read = counts.flatMap((field) => {
    if (said[field] === undefined) return [];
    const value = wholeOf(said[field]);
    if (value !== undefined && value >= 0) return [[field, value] as const];
    notes.push(`${field} is ${say(said[field])}, which is not a count`);
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
  if (numbers.length < entries.length || entries.length === 0) notes.push('categories are not all counts by name');
  return numbers.length > 0 ? { categories: Object.fromEntries(numbers) } : {};
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;

function wholeOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return Number.isSafeInteger(number) ? (number as number) : undefined;
}

/** A value as text. One that is nested deeper than a call stack is not written out. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'absent';
  } catch {
    return 'a value that is nested too deep to be written out';
  }
}

const say = (value: unknown): string => clip(jsonOf(value), 60);

/** An object that was put into text once more, as happens where a program encodes what its library encodes again. */
function jsonIn(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
