import type { AlarmTransition } from '../../events/alarm-transition.ts';
import type { BatchRun } from '../../events/batch-run.ts';
import type { notificationKinds } from '../../events/notification.ts';
import { stableHash } from '../stable-hash.ts';
import type { Brief } from './brief.ts';
import type { ClosedIncident, Group, Incident, Member, Owed } from './group.ts';

// The state machine of incidents: pure functions from a group and what happened to the group that follows. Each returns
// the same object when nothing changes, so that nothing is written.

type Kind = (typeof notificationKinds)[number];
type AlarmSignal = Pick<AlarmTransition, 'state' | 'changedAt'>;

/** How long people wait for "no data" to be told: our own check's alarm must have had time to explain it. */
export const noDataPatienceSeconds = 180;
/** How long the sweep leaves a fresh outbox to the one who wrote it. */
const outboxGraceSeconds = 30;
/** How many batch runs a group remembers to tell one reported twice from a new one. */
const runsRemembered = 50;

const newGroup = (key: string): Group => ({ key, version: 0, members: {}, lastSequence: 0, outbox: [] });

/**
 * An alarm changed its state. Signals come twice, late and in the wrong order: an equal or older one is counted and
 * changes nothing. "No data" is ordered by itself: it hides OK or ALARM but does not end them, so an ALARM that arrives
 * after the "no data" that followed it still opens its incident.
 */
export function onAlarm(before: Group | undefined, key: string, signal: AlarmSignal, brief: Brief, now: number): Group {
  const group = before ?? newGroup(key);
  const known = group.members[key];
  if (signal.state === 'INSUFFICIENT_DATA') return onNoData(group, key, signal, now);
  if (known && signal.changedAt <= (known.decidedAt ?? -1)) return ignored(group, key, known, now);

  const hidden = known !== undefined && signal.changedAt < known.changedAt;
  const { state, changedAt } = hidden ? known : signal;
  const seen = withMember(
    group,
    key,
    { state, changedAt, decidedAt: signal.changedAt, ignored: known?.ignored ?? 0, seenRuns: [] },
    now,
  );
  if (signal.state === 'OK')
    return seen.incident ? closed(seen, seen.incident, 'resolved', signal.changedAt, now) : seen;

  const open = seen.incident ? seen : opened(seen, brief, signal.changedAt, now);
  const incident = hidden ? { ...noDataMarks(known.changedAt, now), ...open.incident! } : withoutNoData(open.incident!);
  return written({ ...open, incident }, now);
}

/** Nobody can see how it is: an open incident stays open and is marked, anything else is silent. */
function onNoData(group: Group, key: string, signal: AlarmSignal, now: number): Group {
  const known = group.members[key];
  if (known && signal.changedAt <= known.changedAt) return ignored(group, key, known, now);
  const seen = withMember(
    group,
    key,
    { ignored: 0, seenRuns: [], ...known, state: signal.state, changedAt: signal.changedAt },
    now,
  );
  if (!seen.incident) return seen;
  return written({ ...seen, incident: { ...seen.incident, ...noDataMarks(signal.changedAt, now) } }, now);
}

const noDataMarks = (since: number, now: number) => ({
  noDataSince: since,
  tellNoDataAt: now + noDataPatienceSeconds * 1000,
});

const ignored = (group: Group, key: string, known: Member, now: number): Group =>
  withMember(group, key, { ...known, ignored: known.ignored + 1 }, now);

/** The state of an alarm that only operators hear of is remembered, since it explains missing data of others. */
export function onOperatorsAlarm(before: Group | undefined, key: string, signal: AlarmSignal, now: number): Group {
  const group = before ?? newGroup(key);
  const known = group.members[key];
  if (known && signal.changedAt <= known.changedAt) return group;
  return withMember(group, key, { state: signal.state, changedAt: signal.changedAt, ignored: 0, seenRuns: [] }, now);
}

/** A batch run failed or succeeded: each failure is told, the next success resolves. A run reported twice is told once. */
export function onFailureRule(before: Group | undefined, key: string, run: BatchRun, brief: Brief, now: number): Group {
  const group = before ?? newGroup(key);
  const known = group.members[key];
  if (known?.seenRuns.includes(run.runId)) return ignored(group, key, known, now);

  const failed = run.outcome === 'failed';
  const isLate = known !== undefined && run.finishedAt < known.changedAt;
  const state = isLate ? known.state : failed ? 'ALARM' : 'OK';
  const seen = withMember(
    group,
    key,
    {
      state,
      changedAt: Math.max(run.finishedAt, known?.changedAt ?? 0),
      ignored: known?.ignored ?? 0,
      seenRuns: [...(known?.seenRuns ?? []), run.runId].slice(-runsRemembered),
    },
    now,
  );
  if (failed && seen.incident)
    return told(seen, { ...seen.incident, subject: { ...seen.incident.subject, ...brief.subject } }, 'again', now);
  if (failed) {
    const open = opened(seen, brief, run.finishedAt, now);
    // A later run has already succeeded: people hear of the failure, and in the same breath that it is over.
    return isLate && open.incident ? closed(open, open.incident, 'resolved', known.changedAt, now) : open;
  }
  return seen.incident && !isLate ? closed(seen, seen.incident, 'resolved', run.finishedAt, now) : seen;
}

/** News that opens nothing: told once. */
export function onNewsRule(before: Group | undefined, key: string, run: BatchRun, brief: Brief, now: number): Group {
  const group = before ?? newGroup(key);
  const known = group.members[key];
  if (run.outcome !== 'succeeded' || known?.seenRuns.includes(run.runId)) return group;
  const seenRuns = [...(known?.seenRuns ?? []), run.runId].slice(-runsRemembered);
  const seen = withMember(
    group,
    key,
    { state: 'OK', changedAt: Math.max(run.finishedAt, known?.changedAt ?? 0), ignored: 0, seenRuns },
    now,
  );
  const news = told(seen, newIncident(key, brief, run.finishedAt), 'news', now);
  return written(
    { ...news, incident: undefined, outbox: [...news.outbox, recordOf(news.incident!, 'news', run.finishedAt)] },
    now,
  );
}

/** What is due: a reminder, or the notice that there is no data, unless our own check explains that (`explained`). */
export function onDue(group: Group, now: number, explained: boolean): Group {
  let next = group;
  const open = () => next.incident;
  if (isDue(open()?.tellNoDataAt, now)) {
    next = explained
      ? written({ ...next, incident: { ...open()!, tellNoDataAt: now + noDataPatienceSeconds * 1000 } }, now)
      : told(next, { ...open()!, tellNoDataAt: undefined }, 'no-data', now);
  }
  const incident = open();
  if (incident?.remindEverySeconds && isDue(incident.remindAt, now)) {
    const every = incident.remindEverySeconds * 1000;
    // Reminders that were missed while nothing ran are skipped, never replayed.
    const remindAt = incident.remindAt! + every * (Math.floor((now - incident.remindAt!) / every) + 1);
    next = told(next, { ...incident, remindAt, reminders: incident.reminders + 1 }, 'reminder', now);
  }
  return next;
}

/** The rule or its alarm is gone: nobody will hear of it again, and people are told so, once. */
export const onRuleRemoved = (group: Group, now: number): Group =>
  group.incident ? closed(group, group.incident, 'rule-removed', now, now) : group;

/** These promises were kept. */
export const onKept = (group: Group, ids: ReadonlySet<string>, now: number): Group =>
  group.outbox.some((owed) => ids.has(owed.id))
    ? written({ ...group, outbox: group.outbox.filter((owed) => !ids.has(owed.id)) }, now)
    : group;

function opened(group: Group, brief: Brief, at: number, now: number): Group {
  const incident = newIncident(group.key, brief, at);
  const remindAt = brief.remindEverySeconds && now + brief.remindEverySeconds * 1000;
  return told(
    group,
    { ...incident, ...(remindAt ? { remindEverySeconds: brief.remindEverySeconds, remindAt } : {}) },
    'opened',
    now,
  );
}

/** The id follows from the group and the moment, so that a signal that is played again names the same incident. */
function newIncident(key: string, brief: Brief, at: number): Incident {
  const id = `inc-${stableHash(`${key}@${at}`).slice(0, 12)}`;
  return {
    id,
    openedAt: at,
    reminders: 0,
    audience: brief.audience,
    subject: { ...brief.subject, incident: id, openedAt: at },
  };
}

function closed(group: Group, incident: Incident, how: ClosedIncident['how'], at: number, now: number): Group {
  const last = told(group, incident, how === 'resolved' ? 'resolved' : 'closed', now, at);
  return written({ ...last, incident: undefined, outbox: [...last.outbox, recordOf(last.incident!, how, at)] }, now);
}

const recordOf = (
  { id, subject, openedAt, reminders }: Incident,
  how: ClosedIncident['how'],
  closedAt: number,
): Owed => ({
  owes: 'record',
  id: `record/${id}`,
  closed: { incident: id, alarm: subject.alarm, title: subject.title, openedAt, closedAt, how, reminders },
});

/** Tells the incident's whole audience: one notification a channel, and a line of the timeline. */
function told(group: Group, incident: Incident, kind: Kind, now: number, resolvedAt?: number): Group {
  const sequence = group.lastSequence + 1;
  const { incident: id, ...subject } = incident.subject;
  const notifications = incident.audience.map(
    ({ channel, channelKind }): Owed => ({
      owes: 'notification',
      id: `${id}/${sequence}/${channel}`,
      notification: {
        ...subject,
        id: `${id}/${sequence}`,
        incident: id,
        group: group.key,
        sequence,
        kind,
        channel,
        channelKind,
        at: now,
        ...(resolvedAt === undefined ? {} : { resolvedAt }),
      },
    }),
  );
  const line: Owed = {
    owes: 'timeline',
    id: `timeline/${id}/${sequence}`,
    entry: {
      incident: id,
      at: now,
      sequence: `${String(sequence).padStart(6, '0')}-${kind}`,
      what: kind,
      detail: `${subject.target.name} - ${subject.title}; told ${incident.audience.map((a) => a.channel).join(', ') || 'nobody'}`,
    },
  };
  return written(
    { ...group, incident, lastSequence: sequence, outbox: [...group.outbox, ...notifications, line] },
    now,
  );
}

const withMember = (group: Group, name: string, member: Member, now: number): Group =>
  written({ ...group, members: { ...group.members, [name]: member } }, now);

const withoutNoData = ({ noDataSince: _, tellNoDataAt: __, ...incident }: Incident): Incident => incident;

/** Sets when the sweep must look at the group next. The version is the writer's affair: see update-group.ts. */
function written(group: Group, now: number): Group {
  const due = [
    group.outbox.length > 0 ? now + outboxGraceSeconds * 1000 : undefined,
    group.incident?.remindAt,
    group.incident?.tellNoDataAt,
  ];
  const moments = due.filter((moment) => moment !== undefined);
  return { ...group, dueAt: moments.length > 0 ? Math.min(...moments) : undefined };
}

const isDue = (at: number | undefined, now: number) => at !== undefined && at <= now;
