import * as z from 'zod';
import { instant } from './instant.ts';
import { targetRef } from './target.ts';

/**
 * The message from OBSERVE to EVALUATE: what one run of a check saw at one target. It is stored as a run in the
 * execution history, and its measurements become metrics.
 */
export const checkResult = z.strictObject({
  /** The check's name: `health`, `batch`, `disk`. */
  check: z.string().min(1),
  target: targetRef,
  /** The minute that the schedule meant; stamps every metric, so that a repeated invocation changes nothing. */
  scheduledAt: instant,
  startedAt: instant,
  finishedAt: instant,
  /**
   * `failed` is the target's fault. `unknown`: it answered, and what it answered cannot be judged by us. `incomplete` is
   * our fault: the invocation ran out of time or could not look.
   */
  outcome: z.enum(['ok', 'failed', 'unknown', 'incomplete']),
  /** Why it is not ok: a class that a program can switch on, and a sentence for a person. */
  error: z.strictObject({ class: z.string().min(1), message: z.string() }).optional(),
  /** Values by metric name, in the units of the metric registry. Only what was really measured is present. */
  measurements: z.record(z.string(), z.number()),
  /** What is worth keeping and is not a metric: phase timings, status code, body fields. */
  details: z.record(z.string(), z.json()),
});

export type CheckResult = z.output<typeof checkResult>;
