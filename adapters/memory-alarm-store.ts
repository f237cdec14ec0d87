import type { AlarmRecord, AlarmStore } from '../core/alarms/alarm-store.ts';

/** The states of alarms in memory, for the simulator. */
export class MemoryAlarmStore implements AlarmStore {
  readonly #records = new Map<string, AlarmRecord>();
  #evaluatedAt: number | undefined;

  async all(): Promise<AlarmRecord[]> {
    return [...this.#records.values()];
  }

  async save(record: AlarmRecord): Promise<void> {
    this.#records.set(record.name, record);
  }

  async remove(name: string): Promise<void> {
    this.#records.delete(name);
  }

  async evaluatedAt(): Promise<number | undefined> {
    return this.#evaluatedAt;
  }

  async setEvaluatedAt(at: number): Promise<void> {
    this.#evaluatedAt = at;
  }
}
