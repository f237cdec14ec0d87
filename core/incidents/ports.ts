import type { AlarmState } from '../../events/alarm-transition.ts';
import type { Notification } from '../../events/notification.ts';
import type { Alarm } from '../alarms/alarm.ts';
import type { Datapoint } from '../alarms/datapoint.ts';
import type { Group } from './group.ts';
import type { ClosedIncident, TimelineEntry } from './timeline.ts';

/** The groups and their open incidents. */
export interface Groups {
  load(key: string): Promise<Group | undefined>;
  /**
   * Replaces version `group.version - 1` (none, for version 1) with this one, in one conditional write.
   * @returns false when another process wrote first: load the group and decide again
   */
  save(group: Group): Promise<boolean>;
  /** Groups whose `dueAt` is not after `now`, the earliest first, a bounded number at a time. */
  due(now: number): Promise<Group[]>;
  /** Groups with an open incident, the oldest first. */
  open(): AsyncIterable<Group>;
}

/** The archived data of an incident: its record if it is closed, otherwise the key of its group. */
export type ArchivedIncident = { closed: ClosedIncident } | { group: string };

/** Stores the timelines and records of incidents. Each write is idempotent, because the outbox may repeat it. */
export interface IncidentArchive {
  addToTimeline(entry: TimelineEntry): Promise<void>;
  recordClosed(closed: ClosedIncident): Promise<void>;
  /**
   * Finds an incident by its id. Undefined when the archive has neither its record nor a timeline with its group. For an
   * incident that may still be open, use `findIncident`.
   */
  find(incident: string): Promise<ArchivedIncident | undefined>;
  /** The timeline of an incident, oldest first. */
  timeline(incident: string): AsyncIterable<TimelineEntry>;
  /** Incidents that closed in the last days, newest first. */
  closed(range: { days: number }): AsyncIterable<ClosedIncident>;
}

/** Publishes a notification to the channels' queues. */
export interface NotificationPublisher {
  publish(notification: Notification): Promise<void>;
}

/** The actual states of the alarms, used to find lost signals. */
export interface AlarmStates {
  /** Every existing alarm of the deployment, by name. */
  all(): Promise<ReadonlyMap<string, { state: AlarmState; changedAt: number; reason: string }>>;
  /**
   * The datapoints that an alarm evaluates now, oldest first. The last one is that of the last complete period. Used for the
   * few alarms that are OK although the newest value breaches.
   */
  datapoints(alarm: Alarm, now: number): Promise<readonly Datapoint[]>;
}
