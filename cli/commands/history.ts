import { clipStart } from '../../core/delivery/clean-text.ts';
import type { Run } from '../../core/history/run.ts';
import { terminalLine } from '../../core/terminal-text.ts';
import { formatDuration } from '../../core/time/duration.ts';
import { inZone } from '../../core/time/zone.ts';
import { LongTable as Table } from '../long-table.ts';
import { openStoreAt, type StoreLocation } from '../open-store.ts';
import type { Terminal } from '../terminal.ts';

/** `tocsin history runs|failed`: prints runs from the execution history of this laptop or of a deployed stack. */
export async function history(
  which: 'runs' | 'failed',
  options: StoreLocation & { days: number; json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const store = await openStoreAt(options);
  try {
    const runs = await collect(
      which === 'runs' ? store.history.recentRuns(options) : store.history.failedRuns(options),
    );
    if (options.json) terminal.print(JSON.stringify(runs, undefined, 2));
    else terminal.print(runs.length === 0 ? nothing(which, options.days) : table(runs, store.timeZone));
  } finally {
    await store.close();
  }
}

const nothing = (which: 'runs' | 'failed', days: number) =>
  which === 'failed'
    ? `✓ No failed runs in the last ${days} days.`
    : `No batch runs in the last ${days} days. Report one with: npx tocsin batch run <job> -- <command>`;

/** Formats runs as a table, in the given order. */
function table(runs: readonly Run[], timeZone: string): string {
  const rows = new Table({
    head: ['', `started (${timeZone})`, 'kind', 'target', 'duration', 'items', 'result'],
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

/** Table characters without lines, so that the output can be read with grep. */
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
