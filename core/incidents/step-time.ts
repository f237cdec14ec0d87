import { closeIncident, recover } from './close-incident.ts';
import { isDue } from './due-at.ts';
import type { Group } from './group.ts';
import type { Incident } from './incident.ts';
import { noDataNoticeSeconds, recheckSeconds } from './incident-marks.ts';
import { notify } from './notify.ts';
import { announce, inhibited } from './open-incident.ts';
import type { RecoverySignal } from './signal.ts';
import type { StepContext } from './step-context.ts';

/**
 * Does what is due: the end of an incident that was held open, the first notification of one that was inhibited, a reminder,
 * or the notice of missing data. While another rule's incident inhibits this one, no reminders and notices are sent.
 */
export function stepTime(group: Group, context: StepContext): Group {
  const { now, inhibitedBy } = context;
  const { incident } = group;
  if (!incident) return group;
  if (isDue(incident.closeAt, now))
    return closeIncident(group, incident, { how: 'resolved', at: incident.recoveredAt!, now });
  if (incident.inhibited) {
    if (!isDue(incident.inhibited.tellAt, now)) return group;
    return inhibitedBy === undefined
      ? announce(group, incident, now)
      : { ...group, incident: inhibited(incident, inhibitedBy, now) };
  }
  return [noticeNoData, planRecheck, remind].reduce((before, part) => part(before, before.incident!, context), group);
}

/**
 * Time has passed, and the newest value of an incident no longer breaches. The incident recovers if the check of its values
 * is due. Otherwise this is the same as a time signal.
 */
export function stepRecovery(group: Group, { at }: RecoverySignal, context: StepContext): Group {
  const { incident } = group;
  const isNext = isDue(incident?.recheckAt, context.now) && !isDue(incident?.closeAt, context.now);
  return incident && isNext ? recover(group, incident, at, context) : stepTime(group, context);
}

function noticeNoData(group: Group, incident: Incident, { now, noDataExplained, inhibitedBy }: StepContext): Group {
  if (!isDue(incident.tellNoDataAt, now)) return group;
  return noDataExplained || inhibitedBy !== undefined
    ? { ...group, incident: { ...incident, tellNoDataAt: now + noDataNoticeSeconds * 1000 } }
    : notify(group, { ...incident, tellNoDataAt: undefined }, { kind: 'no-data', now });
}

/** The values still breach: plans the next check of them. */
const planRecheck = (group: Group, incident: Incident, { now }: StepContext): Group =>
  isDue(incident.recheckAt, now)
    ? { ...group, incident: { ...incident, recheckAt: now + recheckSeconds * 1000 } }
    : group;

/** Reminders that were missed while the pipeline did not run are skipped, never sent later. */
function remind(group: Group, incident: Incident, { now, cause, inhibitedBy }: StepContext): Group {
  if (!isDue(incident.remindAt, now)) return group;
  const subject = cause === undefined ? incident.subject : { ...incident.subject, cause };
  const every = incident.remindEverySeconds! * 1000;
  const remindAt = incident.remindAt! + every * (Math.floor((now - incident.remindAt!) / every) + 1);
  return inhibitedBy === undefined
    ? notify(group, { ...incident, subject, remindAt, reminders: incident.reminders + 1 }, { kind: 'reminder', now })
    : { ...group, incident: { ...incident, subject, remindAt } };
}
