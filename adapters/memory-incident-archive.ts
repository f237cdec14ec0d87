import { keptSince, lastDays, type Retention } from '../core/history/retention.ts';
import type { ArchivedIncident, IncidentArchive } from '../core/incidents/ports.ts';
import type { ClosedIncident, TimelineEntry } from '../core/incidents/timeline.ts';

/** Timelines and closed incidents in this process: for tests and the simulator. */
export class MemoryIncidentArchive implements IncidentArchive {
  readonly #retention: Retention;
  readonly #timelines = new Map<string, Map<string, TimelineEntry>>();
  readonly #closed = new Map<string, ClosedIncident>();

  constructor(retention: Retention) {
    this.#retention = retention;
  }

  async addToTimeline(entry: TimelineEntry): Promise<void> {
    const timeline = this.#timelines.get(entry.incident) ?? new Map<string, TimelineEntry>();
    this.#timelines.set(entry.incident, timeline);
    timeline.set(`${new Date(entry.at).toISOString()}#${entry.sequence}`, structuredClone(entry));
  }

  async recordClosed(closed: ClosedIncident): Promise<void> {
    this.#closed.set(closed.incident, structuredClone(closed));
  }

  async find(incident: string): Promise<ArchivedIncident | undefined> {
    const closed = this.#closed.get(incident);
    if (closed && closed.closedAt >= keptSince(this.#retention)) return { closed: structuredClone(closed) };
    let found: ArchivedIncident | undefined;
    for await (const { group } of this.timeline(incident)) if (group !== undefined) found = { group };
    return found;
  }

  async *timeline(incident: string): AsyncGenerator<TimelineEntry> {
    const entries = [...(this.#timelines.get(incident) ?? [])].sort(([one], [other]) => (one < other ? -1 : 1));
    for (const [, entry] of entries) if (entry.at >= keptSince(this.#retention)) yield structuredClone(entry);
  }

  async *closed({ days }: { days: number }): AsyncGenerator<ClosedIncident> {
    const { from, to } = lastDays(this.#retention, days);
    const inRange = [...this.#closed.values()].filter(({ closedAt }) => closedAt >= from && closedAt < to);
    inRange.sort((one, other) => other.closedAt - one.closedAt);
    for (const closed of inRange) yield structuredClone(closed);
  }
}
