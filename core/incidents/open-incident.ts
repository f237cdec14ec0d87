import type { Group } from './group.ts';
import { type Incident, incidentId } from './incident.ts';
import type { NotificationContent } from './notification-content.ts';
import { note, notify } from './notify.ts';
import type { StepContext } from './step-context.ts';

/** A context in which an incident can open. */
export type OpeningContext = StepContext & { content: NotificationContent };

/** How long an inhibited incident waits until it is checked again, in seconds: the sweep runs every minute. */
const inhibitionSeconds = 60;

/**
 * Opens an incident and notifies its audience. No notifications are sent while another rule's incident inhibits it.
 * @param at when the alarm fired or the run failed
 */
export function openIncident(group: Group, at: number, context: OpeningContext): Group {
  const { now, inhibitedBy, settings } = context;
  const every = settings?.remindEverySeconds;
  const incident = {
    ...newIncident(group.key, at, context),
    ...(every === undefined ? {} : { remindEverySeconds: every }),
  };
  if (inhibitedBy === undefined) return announce(group, incident, now);
  const detail = `inhibited by ${inhibitedBy}; no notifications are sent`;
  return note(group, inhibited(incident, inhibitedBy, now), { what: 'inhibited', detail, now });
}

/** Notifies the audience of an incident for the first time. The time until the first reminder starts now. */
export function announce(group: Group, { inhibited: _, ...incident }: Incident, now: number): Group {
  const every = incident.remindEverySeconds;
  const reminded = { ...incident, ...(every === undefined ? {} : { remindAt: now + every * 1000 }) };
  return notify(group, reminded, { kind: 'opened', now });
}

/** The incident without notifications until it is checked again. */
export const inhibited = (incident: Incident, by: string, now: number): Incident => ({
  ...incident,
  inhibited: { by, tellAt: now + inhibitionSeconds * 1000 },
});

/** An incident without notifications yet. */
export function newIncident(
  key: string,
  at: number,
  { content, cause }: Pick<OpeningContext, 'content' | 'cause'>,
): Incident {
  const id = incidentId(key, at);
  return {
    id,
    openedAt: at,
    reminders: 0,
    audience: content.audience,
    subject: { ...content.subject, ...(cause === undefined ? {} : { cause }), incident: id, openedAt: at },
  };
}
