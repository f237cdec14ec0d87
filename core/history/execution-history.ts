import type { Run } from './run.ts';

/**
 * The execution history: what ran, when, and how it ended. Answers come page by page as they are read, newest first
 * unless it says otherwise; their cost grows with the answer, never with the table.
 */
export interface ExecutionHistory {
  /** Keeps a run. Recording it again changes nothing. */
  record(run: Run): Promise<void>;
  /** Runs of all batch jobs that started in the last days. */
  recentRuns(range: { days: number }): AsyncIterable<Run>;
  /** Failed runs of all kinds that started in the last days. */
  failedRuns(range: { days: number }): AsyncIterable<Run>;
  /** The newest run of a kind at a target that is still kept. */
  lastRun(kind: string, target: string): Promise<Run | undefined>;
  /** Runs of a kind at a target that are still kept, the newest first. */
  newestRuns(kind: string, target: string): AsyncIterable<Run>;
  /** Runs of a kind at a target that started in `[from, to)`, oldest first. */
  runsBetween(kind: string, target: string, from: number, to: number): AsyncIterable<Run>;
}

/** What is known of a batch job for good, past the retention of its runs. */
export interface JobState {
  firstSeenAt: number;
  lastRun?: Run | undefined;
}

/** Batch jobs: their runs, and what is kept of them without an end. */
export interface BatchLedger {
  /**
   * Keeps a reported run, marked as one whose signal to the router is still owed, in one write.
   * @returns whether the signal is still owed; it is not for a run that was reported before and whose signal was sent
   */
  recordPending(run: Run): Promise<boolean>;
  /** The signal of this run was sent. */
  settle(run: Run): Promise<void>;
  /** The job's last run and when it was first seen; `now` is kept as the latter at the first call. */
  jobState(job: string, now: number): Promise<JobState>;
}
