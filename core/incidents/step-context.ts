import type { EventRule, Rule } from '../rules/rule.ts';
import type { NotificationContent } from './notification-content.ts';

/** What a rule says of its incidents. */
export interface IncidentSettings {
  /** The time between two reminders. @default no reminders */
  remindEverySeconds?: number | undefined;
  /** How long an incident stays open after recovery, in case its alarm fires again. @default closed at once */
  keepFiringSeconds?: number | undefined;
  /** The runs that an event rule waits for. @default none: the rule has an alarm */
  event?: EventRule['event'] | undefined;
}

/** What is known when a signal is applied to a group. */
export interface Circumstances {
  /**
   * What an incident of the group would say, and to whom. Without it the state is remembered and nothing else happens: such
   * are the alarms of the pipeline itself, of which operators are notified directly.
   */
  content?: NotificationContent | undefined;
  settings?: IncidentSettings | undefined;
  /** The id of the rule whose open incident makes notifications of this one unnecessary. @default none */
  inhibitedBy?: string | undefined;
  /** What the last failed check of the target saw. @default what the incident says already */
  cause?: string | undefined;
  /** The newest value that the signal quotes breaches: an alarm that is OK has not recovered then. @default false */
  stillBreaching?: boolean | undefined;
  /** The check that feeds the alarm does not run: missing data says nothing of the target. @default false */
  noDataExplained?: boolean | undefined;
}

/** The same at the moment of the write. */
export interface StepContext extends Circumstances {
  /** Epoch milliseconds. */
  now: number;
}

/** What a rule says of its incidents. */
export const settingsOf = (rule: Rule): IncidentSettings => ({
  remindEverySeconds: rule.remindEvery === 'never' ? undefined : rule.remindEvery,
  ...(rule.type === 'metric' ? { keepFiringSeconds: rule.keepFiringFor } : { event: rule.event }),
});
