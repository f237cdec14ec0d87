import type { MonitoringDocument } from '../../core/definition/document.ts';
import { findIncident } from '../../core/incidents/find-incident.ts';
import type { IncidentArchive } from '../../core/incidents/ports.ts';
import { findWatchedRule, type WatchedRule } from '../../core/incidents/watched-rule.ts';
import { inZone } from '../../core/time/zone.ts';
import { UserError } from '../../core/user-error.ts';
import { type Explained, explainRule } from '../../tools/explain/explain-rule.ts';
import type { OpenedStore } from '../open-store.ts';

type IncidentStore = Pick<OpenedStore, 'archive' | 'groups'>;

/** Describes an incident: the rule that opened it, how long it was open, and its timeline. @throws {UserError} if there is none */
export async function incidentLines(
  document: MonitoringDocument,
  id: string,
  store: IncidentStore,
): Promise<Explained[]> {
  const found = await findIncident(store, id);
  if (!found) throw new UserError(`There is no incident ${id}, or its retention has expired.`);
  const { alarm, title, openedAt } =
    found.state === 'open' ? { ...found.incident.subject, openedAt: found.incident.openedAt } : found.closed;
  const watched = findWatchedRule(document, alarm);
  const opened = inZone(openedAt, document.timeZone);
  return [
    ...(watched ? explainRule(document, watched) : [['rule', `${alarm} is not in the config`] as const]),
    [
      `incident ${id}`,
      found.state === 'open'
        ? `${title}; open since ${opened}`
        : `${title}; opened ${opened}, closed ${inZone(found.closed.closedAt, document.timeZone)}`,
    ],
    ...(await timelineLines(store.archive, id, document.timeZone)),
  ];
}

/** Describes the incident of a rule that was open at a time, with its timeline. If none was open, says when the previous one ended. */
export async function incidentLinesAt(
  watched: WatchedRule,
  at: number,
  timeZone: string,
  store: IncidentStore,
): Promise<Explained[]> {
  const topic = `at ${inZone(at, timeZone)}`;
  const [open, last] = incidentsAround(await incidentsOf(watched, at, store), at);
  if (!open)
    return [
      [topic, `no incident was open${last ? `; the previous one ended at ${inZone(last.closedAt!, timeZone)}` : ''}`],
    ];
  return [
    [topic, `${open.id} was open since ${inZone(open.openedAt, timeZone)}`],
    ...(await timelineLines(store.archive, open.id, timeZone)),
  ];
}

interface IncidentPeriod {
  id: string;
  openedAt: number;
  /** Undefined while it is open. */
  closedAt?: number;
}

/** The incidents of a rule that ended after the day of a time, or are still open. */
async function incidentsOf(
  watched: WatchedRule,
  at: number,
  { archive, groups }: IncidentStore,
): Promise<IncidentPeriod[]> {
  const days = Math.min(3650, Math.max(1, Math.ceil((Date.now() - at) / 86_400_000) + 1));
  const found: IncidentPeriod[] = [];
  for await (const { incident, alarm, openedAt, closedAt } of archive.closed({ days }))
    if (alarm === watched.alarm || alarm === watched.key) found.push({ id: incident, openedAt, closedAt });
  const open = (await groups.load(watched.key))?.incident;
  return open ? [{ id: open.id, openedAt: open.openedAt }, ...found] : found;
}

const incidentsAround = (
  incidents: readonly IncidentPeriod[],
  at: number,
): [open?: IncidentPeriod, last?: IncidentPeriod] => [
  incidents.find(({ openedAt, closedAt }) => openedAt <= at && (closedAt === undefined || at < closedAt)),
  incidents
    .filter(({ closedAt }) => closedAt !== undefined && closedAt <= at)
    .sort((a, b) => b.closedAt! - a.closedAt!)[0],
];

async function timelineLines(archive: IncidentArchive, incident: string, timeZone: string): Promise<Explained[]> {
  const lines: Explained[] = [];
  for await (const { at, what, detail } of archive.timeline(incident))
    lines.push([inZone(at, timeZone), `${what}: ${detail}`]);
  return lines;
}
