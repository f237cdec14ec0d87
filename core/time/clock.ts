/** Time as a port: nothing in `core/` or in a decision reads the machine's clock. Tests and the simulator own it. */
export interface Clock {
  /** The present, in epoch milliseconds. */
  now(): number;
  /** Resolves after this many milliseconds. */
  sleep(ms: number): Promise<void>;
}
