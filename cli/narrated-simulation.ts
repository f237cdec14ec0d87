import type { MonitoringDocument } from '../core/definition/document.ts';
import type { Scenario } from '../laptop/simulation/scenario.ts';
import { simulate } from '../laptop/simulation/simulate.ts';
import type { World } from '../laptop/world.ts';
import { type Line, Narrator } from './narrator.ts';

/** A simulation and what a person reads of it. */
export interface NarratedSimulation {
  lines: readonly Line[];
  /** Counts what happened. */
  narrator: Narrator;
  /** The world as it is at the end. */
  world: World;
}

/** Plays a scenario and keeps its lines. @param onDay called at the beginning of each simulated day */
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
