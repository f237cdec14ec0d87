/** A recurring task: the check of a schedule, the evaluation of alarms, the sweep, the consumer of a queue. */
export interface ScheduledTask {
  readonly name: string;
  /** Whether a run may start while another is in progress, like invocations of a Lambda function. @default false */
  readonly overlaps?: boolean;
  /** The first time after `after` at which it is due, in epoch milliseconds; undefined if there is nothing to do. */
  next(after: number): number | undefined;
  run(at: number): Promise<void>;
}

/** The first multiple of a period after a time. Ticks are aligned to the clock, and missed ticks are skipped. */
export const nextTick = (after: number, everySeconds: number): number =>
  (Math.floor(after / (everySeconds * 1000)) + 1) * everySeconds * 1000;
