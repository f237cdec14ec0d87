import type { Run } from './run.ts';

/**
 * The execution history: the runs of checks and batch jobs. Results are read page by page, newest first unless stated
 * otherwise. The cost of a query depends on its result, not on the size of the table.
 */
export interface ExecutionHistory {
  /** Stores a run. Recording the same run again has no effect. */
  record(run: Run): Promise<void>;
  /** Runs of all batch jobs that started in the last days. */
  recentRuns(range: { days: number }): AsyncIterable<Run>;
  /** Failed runs of all kinds that started in the last days. */
  failedRuns(range: { days: number }): AsyncIterable<Run>;
  /** The newest stored run of a kind for a target. */
  lastRun(kind: string, target: string): Promise<Run | undefined>;
  /** The stored runs of a kind for a target, newest first. */
  newestRuns(kind: string, target: string): AsyncIterable<Run>;
  /** The runs of a kind for a target that started in `[from, to)`, oldest first. */
  runsBetween(kind: string, target: string, from: number, to: number): AsyncIterable<Run>;
}

/** The state of a batch job that is retained permanently, longer than its runs. */
export interface JobState {
  firstSeenAt: number;
  lastRun?: Run | undefined;
}

/** The permanent state of batch jobs, and the events of their runs that are still to be published. */
export interface BatchLedger {
  /**
   * Stores a reported run together with its pending event, in one write.
   * @returns whether the event is pending; false for a run that was reported and published before
   */
  recordPending(run: Run): Promise<boolean>;
  /** Marks the event of this run as published. */
  settle(run: Run): Promise<void>;
  /** The job's last run, and when the job was first observed: `now` at the first call. */
  jobState(job: string, now: number): Promise<JobState>;
}
