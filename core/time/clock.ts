/** Time as a port: nothing in `core/` or in a decision reads the machine's clock. Tests and the simulator own it. */
export interface Clock {
  /** The present, in epoch milliseconds. */
  now(): number;
  /** Resolves after this many milliseconds, or as soon as `stop` is aborted, where the clock can be called off. */
  sleep(ms: number, stop?: AbortSignal): Promise<void>;
}
