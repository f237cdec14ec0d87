import Table from 'cli-table3';
import { useOneOf } from '../../core/definition/did-you-mean.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import type { Group, TimelineEntry } from '../../core/incidents/group.ts';
import type { IncidentArchive } from '../../core/incidents/ports.ts';
import { type Watch, watchesOf } from '../../core/incidents/watch.ts';
import { parseTimestamp } from '../../core/time/timestamp.ts';
import { inZone, isTimeZone } from '../../core/time/zone.ts';
import { UserError } from '../../core/user-error.ts';
import { parseMoment } from '../../laptop/simulation/moment.ts';
import { explainRule } from '../../tools/explain/explain-rule.ts';
import { type Place, reachHistory } from '../open-store.ts';
import type { Terminal } from '../terminal.ts';
import { bare } from './history.ts';
import { documentOf } from './rules.ts';

/** `tocsin rules explain <rule> [--at time]`: what a rule does, and what came of it around a moment. */
export async function explain(
  name: string,
  options: Place & { config: string; at?: string; json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const document = await documentOf(options);
  const watch = watchNamed(document, name);
  const lines = [
    ...explainRule(document, watch),
    ...(options.at === undefined ? [] : await whatWas(watch, options.at, document.timeZone, options)),
  ];
  if (options.json) {
    terminal.print(JSON.stringify(lines, undefined, 2));
    return;
  }
  const table = new Table({
    style: { head: [], border: [] },
    chars: bare,
    colWidths: [null, 110],
    wordWrap: true,
  });
  table.push(...lines.map(([topic, says]) => [topic, says]));
  terminal.print(table.toString());
}

function watchNamed(document: MonitoringDocument, name: string): Watch {
  const watches = watchesOf(document);
  const found = watches.filter((watch) =>
    [`${watch.target.name}/${watch.rule.id}`, watch.rule.id, watch.alarm].includes(name),
  );
  if (found.length === 1) return found[0]!;
  const candidates = (found.length > 1 ? found : watches).map(({ target, rule }) => `${target.name}/${rule.id}`);
  throw new UserError(
    found.length > 1
      ? `${name} is a rule of several targets: ${candidates.join(', ')}.`
      : `The config has no rule ${name}; ${useOneOf(name, candidates)}.`,
  );
}

/** The incident of a rule that was open at a moment, with its timeline; or that there was none, and which came last before. */
async function whatWas(watch: Watch, text: string, timeZone: string, place: Place): Promise<[string, string][]> {
  const at = momentOf(text, timeZone);
  const reached = await reachHistory(place);
  try {
    const said = inZone(at, timeZone);
    const [open, last] = incidentsAround(await incidentsOf(watch, at, reached), at);
    if (!open)
      return [
        [`at ${said}`, `no incident was open${last ? `; the last one ended ${inZone(last.closedAt!, timeZone)}` : ''}`],
      ];
    return [
      [`at ${said}`, `${open.id} was open, since ${inZone(open.openedAt, timeZone)}`],
      ...(await timelineOf(reached.archive, open.id)).map(({ at: when, what, detail }): [string, string] => [
        inZone(when, timeZone),
        `${what}: ${detail}`,
      ]),
    ];
  } finally {
    await reached.close();
  }
}

interface Lasted {
  id: string;
  openedAt: number;
  /** Undefined while it is open. */
  closedAt?: number;
}

/** Those of a rule that ended after the day of a moment, or are open still. */
async function incidentsOf(
  watch: Watch,
  at: number,
  { archive, groups }: { archive: IncidentArchive; groups: { load(key: string): Promise<Group | undefined> } },
): Promise<Lasted[]> {
  const days = Math.min(3650, Math.max(1, Math.ceil((Date.now() - at) / 86_400_000) + 1));
  const found: Lasted[] = [];
  for await (const { incident, alarm, openedAt, closedAt } of archive.closed({ days }))
    if (alarm === watch.alarm || alarm === watch.key) found.push({ id: incident, openedAt, closedAt });
  const open = (await groups.load(watch.key))?.incident;
  return open ? [{ id: open.id, openedAt: open.openedAt }, ...found] : found;
}

const incidentsAround = (incidents: readonly Lasted[], at: number): [open?: Lasted, last?: Lasted] => [
  incidents.find(({ openedAt, closedAt }) => openedAt <= at && (closedAt === undefined || at < closedAt)),
  incidents
    .filter(({ closedAt }) => closedAt !== undefined && closedAt <= at)
    .sort((a, b) => b.closedAt! - a.closedAt!)[0],
];

async function timelineOf(archive: IncidentArchive, incident: string): Promise<TimelineEntry[]> {
  const entries: TimelineEntry[] = [];
  for await (const entry of archive.timeline(incident)) entries.push(entry);
  return entries;
}

/**
 * A moment in any form that Tocsin prints: `2026-11-21T02:10:00Z`, `2026-11-21 02:10` with or without seconds in the config's
 * time zone, `2026-11-21 02:10:04 UTC`, and `2026-11-21 03:10:04 Europe/Berlin (02:10:04 UTC)`.
 */
function momentOf(text: string, timeZone: string): number {
  const [, local, zone] =
    /^(\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?)(?: ([A-Za-z_]+(?:\/[A-Za-z0-9_+/-]+)?))?(?: \(.*\))?$/.exec(text) ?? [];
  const at = local === undefined ? parseTimestamp(text) : momentIn(local.replace('T', ' '), zone ?? timeZone);
  if (at === undefined)
    throw new UserError(`"${text}" is no moment; write 2026-11-21T02:10:00Z, or '2026-11-21 02:10' in ${timeZone}.`);
  return at;
}

/** `2026-11-21 02:10:04` in a time zone. */
function momentIn(local: string, timeZone: string): number | undefined {
  if (!isTimeZone(timeZone)) return undefined;
  const minute = parseMoment(local.slice(0, 16), Date.now(), timeZone);
  return minute === undefined ? undefined : minute + Number(local.slice(17, 19)) * 1000;
}
