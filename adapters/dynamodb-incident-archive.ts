import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expiresAt, keptSince, lastDays, moment, type Retention, utcDaysBackward } from '../core/history/retention.ts';
import type { ArchivedIncident, IncidentArchive } from '../core/incidents/ports.ts';
import { type ClosedIncident, closedIncident, type TimelineEntry, timelineEntry } from '../core/incidents/timeline.ts';
import { utcDay } from '../core/time/zone.ts';
import { fromItem, toItem } from './dynamodb-item.ts';
import { DynamodbTable } from './dynamodb-table.ts';

/** How many items a lookup reads per request. The first one is sufficient, unless an earlier version wrote the timeline. */
const itemsPerLookup = 5;

/** Timelines and closed incidents in the `incidents` table. Keys: docs/decisions/0001-table-keys.md. */
export class DynamodbIncidentArchive implements IncidentArchive {
  readonly #table: DynamodbTable;
  readonly #options: Retention & { pageSize?: number };

  constructor(client: DynamoDBClient, tableName: string, options: Retention & { pageSize?: number }) {
    this.#table = new DynamodbTable(client, tableName);
    this.#options = options;
  }

  async addToTimeline(entry: TimelineEntry): Promise<void> {
    const key = { pk: `INCIDENT#${entry.incident}`, sk: `${moment(entry.at)}#${entry.sequence}` };
    await this.#table.put(toItem(timelineEntry, entry, { ...key, expiresAt: expiresAt(this.#options, entry.at) }));
  }

  async recordClosed(closed: ClosedIncident): Promise<void> {
    await this.#table.put(
      toItem(closedIncident, closed, {
        pk: `INCIDENT#${closed.incident}`,
        sk: 'RECORD',
        closedPk: `CLOSED#${utcDay(closed.closedAt)}`,
        closedSk: `${moment(closed.closedAt)}#${closed.incident}`,
        expiresAt: expiresAt(this.#options, closed.closedAt),
      }),
    );
  }

  async find(incident: string): Promise<ArchivedIncident | undefined> {
    // RECORD sorts after all times, so that the newest item is the record, or otherwise the last entry of the timeline.
    const slice = { pk: `INCIDENT#${incident}`, from: moment(keptSince(this.#options)), to: 'S', newestFirst: true };
    for await (const item of this.#table.query({ ...slice, pageSize: this.#options.pageSize ?? itemsPerLookup })) {
      if (item.sk === 'RECORD') {
        const closed = fromItem(closedIncident, item);
        if (closed.closedAt >= keptSince(this.#options)) return { closed };
      } else {
        const { group } = fromItem(timelineEntry, item);
        if (group !== undefined) return { group };
      }
    }
    return undefined;
  }

  async *timeline(incident: string): AsyncGenerator<TimelineEntry> {
    // Times sort before RECORD, so that the slice has only the timeline.
    const slice = { pk: `INCIDENT#${incident}`, from: moment(keptSince(this.#options)), to: 'A' };
    for await (const item of this.#table.query({ ...slice, pageSize: this.#options.pageSize })) {
      yield fromItem(timelineEntry, item);
    }
  }

  async *closed({ days }: { days: number }): AsyncGenerator<ClosedIncident> {
    const { from, to } = lastDays(this.#options, days);
    const slice = { index: 'closed', from: moment(from), to: moment(to), newestFirst: true };
    for (const day of utcDaysBackward(from, to)) {
      const page = { ...slice, pk: `CLOSED#${day}`, pageSize: this.#options.pageSize };
      for await (const item of this.#table.query(page)) yield fromItem(closedIncident, item);
    }
  }
}
