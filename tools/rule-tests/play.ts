import { type Group, newGroup } from '../../core/incidents/group.ts';
import type { AlarmState } from '../../events/alarm-transition.ts';
import type { Notification } from '../../events/notification.ts';

/** A message that a rule causes, with the second at which people get it. */
export interface Told {
  at: number;
  notification: Notification;
}

/** What came of a rule that was played over time. */
export interface Play {
  told: readonly Told[];
  /** The state of its alarm (of its group, for an event rule) at a second. */
  stateAt(at: number): AlarmState;
  /** What went in around a second, and what changed: what a person looks at first. */
  strip(at: number): string;
}

/** Takes the notifications from a group's outbox as soon as they are there, as the channels do. */
export function listener(key: string) {
  const told: Told[] = [];
  let group = newGroup(key);
  return {
    told,
    group: () => group,
    hear(next: Group, at: number) {
      for (const owed of next.outbox)
        if (owed.owes === 'notification') told.push({ at, notification: owed.notification });
      group = { ...next, outbox: [] };
    },
  };
}
