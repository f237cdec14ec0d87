import type { AlarmState } from '../../events/alarm-transition.ts';

/** What the laptop remembers of an alarm. A change and the signal that it causes are one record, so one write. */
export interface AlarmRecord {
  name: string;
  state: AlarmState;
  changedAt: number;
  reason: string;
  /** The signal that was not yet put into the router's queue, as its text. */
  owes?: string | undefined;
  /** It is not evaluated before then: its window has not filled yet, since it is new or after a gap. */
  waitsUntil?: number | undefined;
}

/** Keeps the states of alarms where there is no CloudWatch. */
export interface AlarmStore {
  all(): Promise<AlarmRecord[]>;
  save(record: AlarmRecord): Promise<void>;
  remove(name: string): Promise<void>;
  /** When alarms were evaluated last; undefined before the first time. */
  evaluatedAt(): Promise<number | undefined>;
  setEvaluatedAt(at: number): Promise<void>;
}
