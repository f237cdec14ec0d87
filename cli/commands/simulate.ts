import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { useOneOf } from '../../core/definition/did-you-mean.ts';
import { formatDuration } from '../../core/time/duration.ts';
import { UserError } from '../../core/user-error.ts';
import { parseScenario, ScenarioError } from '../../laptop/simulation/scenario.ts';
import { readUserText } from '../../laptop/text-file.ts';
import { defaultConfig, loadConfig } from '../load-config.ts';
import { type NarratedSimulation, narratedSimulation } from '../narrated-simulation.ts';
import { formatLine } from '../narrator.ts';
import { progress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const bundled = join(root, 'scenarios');

/** `tocsin simulate`: runs a scenario, bundled (by name) or your own (by path), against a config. */
export async function simulateCommand(
  name: string | undefined,
  options: { config?: string; stage?: string },
  terminal: Terminal,
): Promise<void> {
  if (name === undefined) {
    terminal.print(`Scenarios: ${scenarioNames().join(', ')}\nRun one with: npx tocsin simulate ${scenarioNames()[0]}`);
    return;
  }
  const file = findScenario(name);
  const config = options.config ?? (existsSync(defaultConfig) ? defaultConfig : join(root, defaultConfig));
  const document = parseDefinition(await loadConfig(config), { stage: options.stage, world: 'laptop' });
  const scenario = parseScenario(
    basename(file),
    readUserText(file, `Specify a file, or one of ${scenarioNames().join(', ')}`),
    document.timeZone,
  );
  const line = progress();
  const played = await narratedSimulation(basename(file), scenario, document, (at) => {
    const day = Math.round((at - scenario.startsAt) / 86_400_000);
    line.at(`${day} of ${Math.ceil((scenario.endsAt - scenario.startsAt) / 86_400_000)} days`);
  })
    .catch((error: unknown) => {
      throw explained(error, file);
    })
    .finally(() => line.end());
  terminal.print(report(scenario.title, played, scenario));
}

/** The sentences of a bundled scenario name targets, which another config may not have. */
function explained(error: unknown, file: string): unknown {
  if (!(error instanceof ScenarioError) || !file.startsWith(bundled)) return error;
  return new UserError(
    `${error.message}\nThe bundled scenarios use the names of the example config. Copy ${file} and replace its names with those of your config.`,
  );
}

/** The names of the bundled scenarios. */
export const scenarioNames = (): string[] =>
  readdirSync(bundled)
    .filter((file) => file.endsWith('.scenario'))
    .map((file) => basename(file, '.scenario'))
    .sort();

function findScenario(name: string): string {
  const candidates = [name, join(bundled, `${name}.scenario`)];
  const found = candidates.find((candidate) => existsSync(candidate));
  if (!found)
    throw new UserError(
      `There is no scenario ${name}; ${useOneOf(name, scenarioNames())}, or specify the path of a file.`,
    );
  return found;
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Formats the lines of a simulation, followed by the totals. */
export function report(
  title: string,
  { lines, narrator }: NarratedSimulation,
  { startsAt, endsAt, timeZone }: { startsAt: number; endsAt: number; timeZone: string },
): string {
  const day = endsAt - startsAt > 86_400_000;
  const { counts, sent } = narrator;
  const messages = [...sent].sort().map(([channel, count]) => `${count} to ${channel}`);
  return [
    `${title} (${formatDuration((endsAt - startsAt) / 1000)}, ${timeZone})`,
    '',
    ...lines.map((line) => formatLine(line, timeZone, { day })),
    '',
    `${plural(counts.checks, 'check')}, ${counts.failedChecks} failed · ${plural(counts.alarms, 'alarm')} · ${plural(counts.opened, 'incident')} opened, ${plural(counts.reminders, 'reminder')}, ${counts.resolved} resolved`,
    `messages: ${messages.join(', ') || 'none'}${counts.operators > 0 ? ` · operators notified ${plural(counts.operators, 'time')}` : ''}`,
  ].join('\n');
}
