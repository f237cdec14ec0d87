/** Time as a port: `core/` never reads the system clock. Tests and the simulator control the time. */
export interface Clock {
  /** The current time, in epoch milliseconds. */
  now(): number;
  /** Resolves after this many milliseconds, or when `stop` is aborted, if the clock supports it. */
  sleep(ms: number, stop?: AbortSignal): Promise<void>;
}
