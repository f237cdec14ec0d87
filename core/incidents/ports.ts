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
   * @returns false when somebody else wrote first: load it again and decide anew
   */
  save(group: Group): Promise<boolean>;
  /** Groups whose `dueAt` is not after `now`, the longest due first, a bounded number at a time. */
  due(now: number): Promise<Group[]>;
  /** Groups with an open incident, the oldest first. */
  open(): AsyncIterable<Group>;
}

/** What the archive holds of an incident: its record when it is closed, until then the key of its group. */
export type ArchivedIncident = { closed: ClosedIncident } | { group: string };

/** What is kept of incidents beside their group. Each write is idempotent: the outbox may repeat it. */
export interface IncidentArchive {
  addToTimeline(entry: TimelineEntry): Promise<void>;
  recordClosed(closed: ClosedIncident): Promise<void>;
  /**
   * Finds an incident by its id. Undefined when the archive has neither its record nor a timeline that names its group; for
   * an incident that may still be open ask `findIncident`.
   */
  find(incident: string): Promise<ArchivedIncident | undefined>;
  /** The timeline of an incident, oldest first. */
  timeline(incident: string): AsyncIterable<TimelineEntry>;
  /** Incidents that closed in the last days, newest first. */
  closed(range: { days: number }): AsyncIterable<ClosedIncident>;
}

/** Hands a notification to the channels' queues. */
export interface NotificationPublisher {
  publish(notification: Notification): Promise<void>;
}

/** The real states of the alarms, to find a signal that was lost. */
export interface AlarmStates {
  /** Every alarm of the deployment that exists, by name. */
  all(): Promise<ReadonlyMap<string, { state: AlarmState; changedAt: number; reason: string }>>;
  /**
   * The datapoints that an alarm looks at now, oldest first; the last one is of the last period that is over. For the few
   * alarms that are OK though the newest value breaches.
   */
  datapoints(alarm: Alarm, now: number): Promise<readonly Datapoint[]>;
}
