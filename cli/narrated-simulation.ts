import type { MonitoringDocument } from '../core/definition/document.ts';
import type { Scenario } from '../laptop/simulation/scenario.ts';
import { simulate } from '../laptop/simulation/simulate.ts';
import type { World } from '../laptop/world.ts';
import { type Line, Narrator } from './narrator.ts';

/** The result of a simulation, with the lines to print. */
export interface NarratedSimulation {
  lines: readonly Line[];
  /** Has the totals. */
  narrator: Narrator;
  /** The world at the end. */
  world: World;
}

/** Runs a scenario and collects its lines. @param onDay called at the beginning of each simulated day */
export async function narratedSimulation(
  file: string,
  scenario: Scenario,
  document: MonitoringDocument,
  onDay?: (at: number) => void,
): Promise<NarratedSimulation> {
  const lines: Line[] = [];
  const spectate = (now: () => number) => new Narrator(now, (line) => lines.push(line));
  const { world, spectator } = await simulate(file, scenario, document, { spectate, onDay });
  return { lines, narrator: spectator, world };
}
