/** Something that recurs: a schedule's check, the evaluation of alarms, the sweep, a queue's consumer. */
export interface Work {
  readonly name: string;
  /** Whether its next run may begin while one is under way, as invocations of a Lambda may. @default false */
  readonly overlaps?: boolean;
  /** The first moment after `after` at which it wants to run; undefined while there is nothing to do. */
  next(after: number): number | undefined;
  run(at: number): Promise<void>;
}

/** The first multiple of a period after a moment: ticks fall on the clock's own minutes, and missed ones are skipped. */
export const nextTick = (after: number, everySeconds: number): number =>
  (Math.floor(after / (everySeconds * 1000)) + 1) * everySeconds * 1000;
