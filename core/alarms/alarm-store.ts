import type { AlarmState } from '../../events/alarm-transition.ts';

/** The stored state of an alarm. A transition and the signal that it causes are in one record, so that they are one write. */
export interface AlarmRecord {
  name: string;
  state: AlarmState;
  changedAt: number;
  reason: string;
  /** The pending signal that has not been sent to the router's queue yet, as text. */
  owes?: string | undefined;
  /** The alarm is not evaluated before this time, because it is new or after a gap, and its window is not complete yet. */
  waitsUntil?: number | undefined;
}

/** Stores the states of alarms that CloudWatch does not evaluate. */
export interface AlarmStore {
  all(): Promise<AlarmRecord[]>;
  save(record: AlarmRecord): Promise<void>;
  remove(name: string): Promise<void>;
  /** The time of the last evaluation. Undefined before the first one. */
  evaluatedAt(): Promise<number | undefined>;
  setEvaluatedAt(at: number): Promise<void>;
}
