import type { MonitoringDocument } from '../../core/definition/document.ts';
import { findIncident } from '../../core/incidents/find-incident.ts';
import type { IncidentArchive } from '../../core/incidents/ports.ts';
import { findWatchedRule, type WatchedRule } from '../../core/incidents/watched-rule.ts';
import { inZone } from '../../core/time/zone.ts';
import { UserError } from '../../core/user-error.ts';
import { type Explained, explainRule } from '../../tools/explain/explain-rule.ts';
import type { OpenedStore } from '../open-store.ts';

type Reached = Pick<OpenedStore, 'archive' | 'groups'>;

/** An incident by its id: the rule that opened it, how long it was open, and its timeline. @throws {UserError} when there is none */
export async function incidentLines(document: MonitoringDocument, id: string, reached: Reached): Promise<Explained[]> {
  const found = await findIncident(reached, id);
  if (!found) throw new UserError(`There is no incident ${id} here, or its retention has ended.`);
  const { alarm, title, openedAt } =
    found.state === 'open' ? { ...found.incident.subject, openedAt: found.incident.openedAt } : found.closed;
  const watched = findWatchedRule(document, alarm);
  const since = `${title}; open since ${inZone(openedAt, document.timeZone)}`;
  return [
    ...(watched ? explainRule(document, watched) : [['rule', `${alarm} is not in the config`] as const]),
    [
      `incident ${id}`,
      found.state === 'open' ? since : `${since}, closed ${inZone(found.closed.closedAt, document.timeZone)}`,
    ],
    ...(await timelineLines(reached.archive, id, document.timeZone)),
  ];
}

/** The incident of a rule that was open at a moment, with its timeline; or that there was none, and which came last before. */
export async function incidentLinesAt(
  watched: WatchedRule,
  at: number,
  timeZone: string,
  reached: Reached,
): Promise<Explained[]> {
  const topic = `at ${inZone(at, timeZone)}`;
  const [open, last] = incidentsAround(await incidentsOf(watched, at, reached), at);
  if (!open)
    return [[topic, `no incident was open${last ? `; the last one ended ${inZone(last.closedAt!, timeZone)}` : ''}`]];
  return [
    [topic, `${open.id} was open, since ${inZone(open.openedAt, timeZone)}`],
    ...(await timelineLines(reached.archive, open.id, timeZone)),
  ];
}

interface Lasted {
  id: string;
  openedAt: number;
  /** Undefined while it is open. */
  closedAt?: number;
}

/** Those of a rule that ended after the day of a moment, or are still open. */
async function incidentsOf(watched: WatchedRule, at: number, { archive, groups }: Reached): Promise<Lasted[]> {
  const days = Math.min(3650, Math.max(1, Math.ceil((Date.now() - at) / 86_400_000) + 1));
  const found: Lasted[] = [];
  for await (const { incident, alarm, openedAt, closedAt } of archive.closed({ days }))
    if (alarm === watched.alarm || alarm === watched.key) found.push({ id: incident, openedAt, closedAt });
  const open = (await groups.load(watched.key))?.incident;
  return open ? [{ id: open.id, openedAt: open.openedAt }, ...found] : found;
}

const incidentsAround = (incidents: readonly Lasted[], at: number): [open?: Lasted, last?: Lasted] => [
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
