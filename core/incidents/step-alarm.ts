import { recover } from './close-incident.ts';
import { type Group, memberOf, withIgnored, withMember } from './group.ts';
import type { Incident } from './incident.ts';
import { noDataMarks, recheckSeconds, withoutNoData, withoutRecheck } from './incident-marks.ts';
import { note, notify } from './notify.ts';
import { type OpeningContext, openIncident } from './open-incident.ts';
import type { AlarmSignal } from './signal.ts';
import type { StepContext } from './step-context.ts';

type Change = Pick<AlarmSignal['transition'], 'state' | 'changedAt'>;

/**
 * An alarm changed its state. Signals can arrive twice, late and in the wrong order: an equal or older one is counted and
 * otherwise ignored. "No data" is ordered separately: it hides OK or ALARM but does not end them, so an ALARM that arrives
 * after a later "no data" still opens its incident.
 */
export function stepAlarm(group: Group, { transition }: AlarmSignal, context: StepContext): Group {
  const { content, now } = context;
  if (!content) return recordState(group, transition);
  if (transition.state === 'INSUFFICIENT_DATA') return markNoData(group, transition, now);
  const known = memberOf(group);
  if (known && transition.changedAt <= (known.decidedAt ?? -1)) return withIgnored(group, known);

  const hidden = known !== undefined && transition.changedAt < known.changedAt;
  const { state, changedAt } = hidden ? known : transition;
  const seen = withMember(group, {
    state,
    changedAt,
    decidedAt: transition.changedAt,
    ignored: known?.ignored ?? 0,
    seenRuns: [],
  });
  if (transition.state === 'OK') return becomeOk(seen, transition.changedAt, context);
  const open = fire(seen, transition.changedAt, { ...context, content });
  const incident = hidden ? { ...noDataMarks(known.changedAt, now), ...open.incident! } : withoutNoData(open.incident!);
  return { ...open, incident };
}

/** The router sends no notifications for this alarm. Its state is stored, because it explains missing data of other alarms. */
function recordState(group: Group, { state, changedAt }: Change): Group {
  const known = memberOf(group);
  return known && changedAt <= known.changedAt
    ? group
    : withMember(group, { state, changedAt, ignored: 0, seenRuns: [] });
}

/** The alarm fires: an incident opens, or the open one continues, even if its alarm had recovered in the meantime. */
function fire(group: Group, at: number, context: OpeningContext): Group {
  if (!group.incident) return openIncident(group, at, context);
  const { recoveredAt: _, closeAt, recheckAt, ...incident } = group.incident;
  if (recheckAt !== undefined) return { ...group, incident };
  if (closeAt === undefined) return group;
  return note(group, incident, { what: 'firing-again', detail: 'no new notifications are sent', now: context.now });
}

/** The alarm is OK: its incident ends unless the newest value still breaches. */
function becomeOk(group: Group, at: number, context: StepContext): Group {
  const { cause, stillBreaching, now } = context;
  if (!group.incident) return group;
  const { subject } = group.incident;
  const incident = cause === undefined ? group.incident : { ...group.incident, subject: { ...subject, cause } };
  return stillBreaching ? continueBreaching(group, incident, now) : recover(group, incident, at, context);
}

/**
 * Values are available again after a gap. They are too few for ALARM, so the alarm is OK, but the newest one breaches. The
 * incident stays open, and the sweep checks the values until one does not breach. If people were notified of missing data,
 * they are notified that data is available again.
 */
function continueBreaching(group: Group, incident: Incident, now: number): Group {
  const noticed = incident.noDataSince !== undefined && incident.tellNoDataAt === undefined;
  const open = { ...withoutNoData(incident), recheckAt: now + recheckSeconds * 1000 };
  if (noticed && !incident.inhibited) {
    const remark = 'Data is available again, and the newest value still breaches the threshold.';
    return notify(group, open, { kind: 'reminder', remark, now });
  }
  const detail = 'data is available again, and the newest value still breaches the threshold';
  return note(group, open, { what: 'still-breaching', detail, now });
}

/** The state is unknown: an open incident stays open and is marked. Without an open incident no notifications are sent. */
function markNoData(group: Group, { state, changedAt }: Change, now: number): Group {
  const known = memberOf(group);
  if (known && changedAt <= known.changedAt) return withIgnored(group, known);
  const seen = withMember(group, { ignored: 0, seenRuns: [], ...known, state, changedAt });
  // No mark for an incident that is only held open: its alarm had already recovered.
  if (!seen.incident || seen.incident.closeAt !== undefined) return seen;
  return { ...seen, incident: { ...withoutRecheck(seen.incident), ...noDataMarks(changedAt, now) } };
}
