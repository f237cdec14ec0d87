import { type Group, newGroup } from '../../core/incidents/group.ts';
import type { AlarmState } from '../../events/alarm-transition.ts';
import type { Notification } from '../../events/notification.ts';

/** A notification that a rule causes, with the second at which it is sent. */
export interface Notified {
  at: number;
  notification: Notification;
}

/** The result of playing a rule over simulated time. */
export interface Play {
  notified: readonly Notified[];
  /** The state of the alarm (for an event rule, of the group) at a second. */
  stateAt(at: number): AlarmState;
  /** The input values around a second and the state changes near it, to explain a failed test. */
  strip(at: number): string;
}

/** Records the notifications of a group. Those in its outbox count as sent at once. */
export function recordNotifications(key: string) {
  const notified: Notified[] = [];
  let group = newGroup(key);
  return {
    notified,
    group: () => group,
    record(next: Group, at: number) {
      for (const owed of next.outbox)
        if (owed.owes === 'notification') notified.push({ at, notification: owed.notification });
      group = { ...next, outbox: [] };
    },
  };
}
