import { dirname } from 'node:path';
import { SystemClock } from '../../adapters/system-clock.ts';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { openState } from '../../laptop/open-state.ts';
import { ProblemReporter } from '../../laptop/problem-reporter.ts';
import { laptopInstruments } from '../../laptop/run-laptop.ts';
import { StateFolder } from '../../laptop/state-folder.ts';
import { connectToStore, storesOver } from '../../laptop/store.ts';
import { loadConfig } from '../load-config.ts';
import type { Terminal } from '../terminal.ts';
import { findingsOf, findingsTable } from './check.ts';

/** `tocsin start --once`: runs every check once and prints a table. @returns whether all targets are healthy */
export async function once(
  options: { config: string; stage?: string; state: string },
  terminal: Terminal,
): Promise<boolean> {
  const document = parseDefinition(await loadConfig(options.config), { stage: options.stage, world: 'laptop' });
  const folder = new StateFolder(options.state);
  const run = await folder.owner();
  const isRunning = run?.document.name === document.name && run.document.stage === document.stage;
  const { store } = isRunning
    ? (await connectToStore(folder))!
    : await openState(folder, document, new ProblemReporter(terminal).report);
  try {
    const { history } = storesOver(store.client, document, new SystemClock());
    const findings = await findingsOf(document, {
      ...laptopInstruments(dirname(options.config)),
      ledger: history,
      runs: history,
    });
    terminal.print(findingsTable(document, findings));
    return findings.every(({ healthy }) => healthy);
  } finally {
    await store.close();
  }
}
