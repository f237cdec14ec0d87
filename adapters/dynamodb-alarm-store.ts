import type { AlarmRecord, AlarmStore } from '../core/alarms/alarm-store.ts';
import type { DynamodbTable } from './dynamodb-table.ts';

const pk = 'ALARM';
const evaluated = { pk: 'EVALUATION', sk: 'LATEST' };

/** The states of alarms as rows of the laptop's store: pk `ALARM`, sk the alarm's name. */
export class DynamodbAlarmStore implements AlarmStore {
  readonly #table: DynamodbTable;

  constructor(table: DynamodbTable) {
    this.#table = table;
  }

  async all(): Promise<AlarmRecord[]> {
    const records: AlarmRecord[] = [];
    for await (const { pk: _, sk: name, ...rest } of this.#table.query({ pk, from: '0', to: '~' })) {
      records.push({ name, ...rest } as AlarmRecord);
    }
    return records;
  }

  async save({ name, ...rest }: AlarmRecord): Promise<void> {
    await this.#table.put({ pk, sk: name, ...rest });
  }

  async remove(name: string): Promise<void> {
    await this.#table.remove({ pk, sk: name });
  }

  async evaluatedAt(): Promise<number | undefined> {
    return (await this.#table.get(evaluated))?.['at'] as number | undefined;
  }

  async setEvaluatedAt(at: number): Promise<void> {
    await this.#table.put({ ...evaluated, at });
  }
}
