import * as z from 'zod';
import { nonEmptyText, text } from './fields.ts';
import { instant } from './instant.ts';
import { targetRef } from './target.ts';

/**
 * The message from OBSERVE to EVALUATE: the result of one run of a check for one target. It is stored as a run in the
 * execution history, and its measurements become metrics.
 */
export const checkResult = z.strictObject({
  /** The check's name: `health`, `batch`, `disk`. */
  check: nonEmptyText,
  target: targetRef,
  /** The scheduled minute. It is the timestamp of every metric, so that a repeated invocation has no effect. */
  scheduledAt: instant,
  startedAt: instant,
  finishedAt: instant,
  /**
   * `failed`: the target is not healthy. `unknown`: it responded, but its state cannot be determined from the response.
   * `incomplete`: an error of Tocsin itself; the invocation ran out of time or failed.
   */
  outcome: z.enum(['ok', 'failed', 'unknown', 'incomplete']),
  /** Why it is not ok: a class for programs and a sentence for people. */
  error: z.strictObject({ class: nonEmptyText, message: z.string() }).optional(),
  /** Values by metric name, in the unit of the metric. Only measured values are present. */
  measurements: z.record(text, z.number()),
  /** Details that are not metrics: phase timings, status code, body fields. */
  details: z.record(text, z.json()),
});

export type CheckResult = z.output<typeof checkResult>;
