import { clipStart } from '../../core/delivery/clean-text.ts';
import type { Run } from '../../core/history/run.ts';
import { terminalLine } from '../../core/terminal-text.ts';
import { formatDuration } from '../../core/time/duration.ts';
import { inZone } from '../../core/time/zone.ts';
import { LongTable as Table } from '../long-table.ts';
import { openStoreAt, type StoreLocation } from '../open-store.ts';
import type { Terminal } from '../terminal.ts';

/** `tocsin history runs|failed`: what the execution history knows, on this laptop or in a deployed stack. */
export async function history(
  which: 'runs' | 'failed',
  options: StoreLocation & { days: number; json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const reached = await openStoreAt(options);
  try {
    const runs = await collect(
      which === 'runs' ? reached.history.recentRuns(options) : reached.history.failedRuns(options),
    );
    if (options.json) terminal.print(JSON.stringify(runs, undefined, 2));
    else terminal.print(runs.length === 0 ? nothing(which, options.days) : table(runs, reached.timeZone));
  } finally {
    await reached.close();
  }
}

const nothing = (which: 'runs' | 'failed', days: number) =>
  which === 'failed'
    ? `✓ No failed runs in the last ${days} days.`
    : `No batch runs in the last ${days} days. Report one with: npx tocsin batch run <job> -- <command>`;

/** Runs as a table, in the order given. */
function table(runs: readonly Run[], timeZone: string): string {
  const rows = new Table({
    head: ['', `started (${timeZone})`, 'kind', 'target', 'took', 'items', 'what happened'],
    style: { head: [], border: [] },
    chars: bare,
  });
  for (const run of runs) {
    const { total, successful } = run.measurements;
    rows.push([
      run.outcome === 'ok' ? '✓' : '✗',
      inZone(run.startedAt, timeZone),
      run.kind,
      terminalLine(run.target),
      formatDuration((run.finishedAt - run.startedAt) / 1000),
      total === undefined ? '' : `${successful ?? '?'} of ${total}`,
      run.error ? terminalLine(`${run.error.class}: ${clipStart(run.error.message.trim(), 80)}`) : run.outcome,
    ]);
  }
  return rows.toString();
}

/** Columns without lines: easier on the eye, and on grep. */
export const bare = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
    'middle',
  ].map((part) => [part, '']),
);

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
