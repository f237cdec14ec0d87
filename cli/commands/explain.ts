import { existsSync } from 'node:fs';
import Table from 'cli-table3';
import { useOneOf } from '../../core/definition/did-you-mean.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { isIncidentId } from '../../core/incidents/incident.ts';
import { ruleName, type WatchedRule, watchedRules } from '../../core/incidents/watched-rule.ts';
import { parseTimestamp } from '../../core/time/timestamp.ts';
import { isTimeZone } from '../../core/time/zone.ts';
import { UserError } from '../../core/user-error.ts';
import { parseMoment } from '../../laptop/simulation/moment.ts';
import { type Explained, explainRule } from '../../tools/explain/explain-rule.ts';
import { defaultConfig } from '../load-config.ts';
import { type OpenedStore, openStoreAt, type StoreLocation } from '../open-store.ts';
import type { Terminal } from '../terminal.ts';
import { bare } from './history.ts';
import { incidentLines, incidentLinesAt } from './past-incidents.ts';
import { documentOf } from './rules.ts';

type Options = StoreLocation & { at?: string; json?: boolean };

/**
 * `tocsin rules explain <rule> [--at time]`: describes a rule, and the incident that was open at a time. With the id of an
 * incident: describes its rule and prints its timeline.
 */
export async function explain(name: string, options: Options, terminal: Terminal): Promise<void> {
  const lines = isIncidentId(name)
    ? await explainIncident(name, options)
    : await explainNamed(await documentOf(options), name, options);
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

async function explainIncident(id: string, options: Options): Promise<Explained[]> {
  if (options.at !== undefined)
    throw new UserError(`--at applies to rules only; the whole timeline of ${id} is printed. Remove --at.`);
  // Without a config at hand, the demo for example, the document is that of the store.
  const isInStore = options.stack === undefined && options.config === undefined && !existsSync(defaultConfig);
  return reading(options, async (store) =>
    incidentLines(isInStore ? await store.document() : await documentOf(options), id, store),
  );
}

async function explainNamed(document: MonitoringDocument, name: string, options: Options): Promise<Explained[]> {
  const watched = watchedRuleNamed(document, name);
  const lines = explainRule(document, watched);
  if (options.at === undefined) return lines;
  const at = momentOf(options.at, document.timeZone);
  return [...lines, ...(await reading(options, (store) => incidentLinesAt(watched, at, document.timeZone, store)))];
}

/** Reads from the store at a location, then closes it. */
async function reading<T>(location: StoreLocation, read: (store: OpenedStore) => Promise<T>): Promise<T> {
  const store = await openStoreAt(location);
  try {
    return await read(store);
  } finally {
    await store.close();
  }
}

function watchedRuleNamed(document: MonitoringDocument, name: string): WatchedRule {
  const all = watchedRules(document);
  const found = all.filter((watched) => [ruleName(watched), watched.rule.id, watched.alarm].includes(name));
  if (found.length === 1) return found[0]!;
  const candidates = (found.length > 1 ? found : all).map(ruleName);
  throw new UserError(
    found.length > 1
      ? `Several targets have the rule ${name}. Specify one of: ${candidates.join(', ')}.`
      : `The config has no rule ${name}; ${useOneOf(name, candidates)}.`,
  );
}

/**
 * Parses a time in any form that Tocsin prints: `2026-11-21T02:10:00Z`, `2026-11-21 02:10` with or without seconds in the config's
 * time zone, `2026-11-21 02:10:04 UTC`, and `2026-11-21 03:10:04 Europe/Berlin (02:10:04 UTC)`.
 */
function momentOf(text: string, timeZone: string): number {
  const [, local, zone] =
    /^(\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?)(?: ([A-Za-z_]+(?:\/[A-Za-z0-9_+/-]+)?))?(?: \(.*\))?$/.exec(text) ?? [];
  const at = local === undefined ? parseTimestamp(text) : momentIn(local.replace('T', ' '), zone ?? timeZone);
  if (at === undefined)
    throw new UserError(
      `"${text}" is not a valid time. Use 2026-11-21T02:10:00Z, or '2026-11-21 02:10' in ${timeZone}.`,
    );
  return at;
}

/** `2026-11-21 02:10:04` in a time zone. */
function momentIn(local: string, timeZone: string): number | undefined {
  if (!isTimeZone(timeZone)) return undefined;
  const minute = parseMoment(local.slice(0, 16), Date.now(), timeZone);
  return minute === undefined ? undefined : minute + Number(local.slice(17, 19)) * 1000;
}
