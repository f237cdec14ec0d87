import type { EventRule, Rule } from '../rules/rule.ts';
import type { NotificationContent } from './notification-content.ts';

/** The settings of a rule for its incidents. */
export interface IncidentSettings {
  /** The time between two reminders. @default no reminders */
  remindEverySeconds?: number | undefined;
  /** How long an incident stays open after recovery, in case its alarm fires again. @default closed immediately */
  keepFiringSeconds?: number | undefined;
  /** The runs that an event rule applies to. @default none: the rule has an alarm */
  event?: EventRule['event'] | undefined;
}

/** The input that is known when a signal is applied to a group. */
export interface Circumstances {
  /**
   * The content and the audience of an incident of the group. Without it only the state is stored. This is the case for the
   * alarms of the pipeline itself, of which operators are notified directly.
   */
  content?: NotificationContent | undefined;
  settings?: IncidentSettings | undefined;
  /** The id of the rule whose open incident inhibits this one. @default none */
  inhibitedBy?: string | undefined;
  /** The error of the last failed check of the target. @default the cause that the incident already has */
  cause?: string | undefined;
  /** The newest value in the signal breaches: an alarm that is OK has not recovered then. @default false */
  stillBreaching?: boolean | undefined;
  /** The check that publishes the alarm's metric does not run: missing data is no information about the target. @default false */
  noDataExplained?: boolean | undefined;
}

/** The input of a step, with the time of the write. */
export interface StepContext extends Circumstances {
  /** Epoch milliseconds. */
  now: number;
}

/** The settings of a rule for its incidents. */
export const settingsOf = (rule: Rule): IncidentSettings => ({
  remindEverySeconds: rule.remindEvery === 'never' ? undefined : rule.remindEvery,
  ...(rule.type === 'metric' ? { keepFiringSeconds: rule.keepFiringFor } : { event: rule.event }),
});
