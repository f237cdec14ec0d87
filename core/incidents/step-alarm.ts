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
 * An alarm changed its state. Signals come twice, late and in the wrong order: an equal or older one is counted and
 * changes nothing. "No data" is ordered by itself: it hides OK or ALARM but does not end them, so an ALARM that arrives
 * after the "no data" that followed it still opens its incident.
 */
export function stepAlarm(group: Group, { transition }: AlarmSignal, context: StepContext): Group {
  const { content, now } = context;
  if (!content) return rememberState(group, transition);
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

/** Nobody is notified of this alarm here. Its state is remembered, since it explains missing data of others. */
function rememberState(group: Group, { state, changedAt }: Change): Group {
  const known = memberOf(group);
  return known && changedAt <= known.changedAt
    ? group
    : withMember(group, { state, changedAt, ignored: 0, seenRuns: [] });
}

/** The alarm fires: an incident opens, or one that is open goes on, also when its alarm had recovered meanwhile. */
function fire(group: Group, at: number, context: OpeningContext): Group {
  if (!group.incident) return openIncident(group, at, context);
  const { recoveredAt: _, closeAt, recheckAt, ...incident } = group.incident;
  if (recheckAt !== undefined) return { ...group, incident };
  if (closeAt === undefined) return group;
  return note(group, incident, { what: 'firing-again', detail: 'nobody is notified again', now: context.now });
}

/** The alarm is OK: its incident is over unless the newest value still breaches. */
function becomeOk(group: Group, at: number, context: StepContext): Group {
  const { cause, stillBreaching, now } = context;
  if (!group.incident) return group;
  const { subject } = group.incident;
  const incident = cause === undefined ? group.incident : { ...group.incident, subject: { ...subject, cause } };
  return stillBreaching ? continueBreaching(group, incident, now) : recover(group, incident, at, context);
}

/**
 * Values have come back after a gap, too few of them for ALARM, so CloudWatch says OK; but the newest breaches. The
 * incident stays open, and the sweep checks the values until one does not. Whoever was notified of missing data is
 * notified that it is back.
 */
function continueBreaching(group: Group, incident: Incident, now: number): Group {
  const noticed = incident.noDataSince !== undefined && incident.tellNoDataAt === undefined;
  const open = { ...withoutNoData(incident), recheckAt: now + recheckSeconds * 1000 };
  if (noticed && !incident.inhibited) {
    const remark = 'Data has come back, and the newest value still breaches.';
    return notify(group, open, { kind: 'reminder', remark, now });
  }
  const detail = 'data has come back, and the newest value still breaches';
  return note(group, open, { what: 'still-breaching', detail, now });
}

/** The state cannot be seen: an open incident stays open and is marked, otherwise nobody is notified. */
function markNoData(group: Group, { state, changedAt }: Change, now: number): Group {
  const known = memberOf(group);
  if (known && changedAt <= known.changedAt) return withIgnored(group, known);
  const seen = withMember(group, { ignored: 0, seenRuns: [], ...known, state, changedAt });
  // Nothing to add for an incident that is only held open: its alarm had recovered.
  if (!seen.incident || seen.incident.closeAt !== undefined) return seen;
  return { ...seen, incident: { ...withoutRecheck(seen.incident), ...noDataMarks(changedAt, now) } };
}
