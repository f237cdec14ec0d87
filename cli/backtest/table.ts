import { formatThreshold } from '../../core/metrics/format-value.ts';
import { formatDuration } from '../../core/time/duration.ts';
import type { Result } from '../../tools/backtest/backtest.ts';
import { bare } from '../commands/history.ts';
import { LongTable as Table } from '../long-table.ts';

/** Formats the results of a backtest, one row per variant. A star marks the current rule. */
export function backtestTable(results: readonly Result[]): string {
  const known = results[0]?.score.outages?.known;
  const table = new Table({
    head: [
      '',
      `${results[0]?.alarm.comparison === 'below' || results[0]?.alarm.comparison === 'atOrBelow' ? 'below' : 'above'}`,
      'for',
      'alerts',
      'total',
      'median',
      'flaps',
      'nights',
      ...(known === undefined ? [] : ['detected', 'after', 'at worst', 'missed', 'false']),
    ],
    style: { head: [], border: [] },
    chars: bare,
    colAligns: ['left', ...Array.from({ length: 12 }, () => 'right' as const)],
  });
  for (const { current, threshold, forSeconds, score, alarm } of results) {
    const { outages } = score;
    table.push([
      current ? '*' : '',
      formatThreshold(threshold, alarm.metric.unit),
      formatDuration(forSeconds),
      score.alerts,
      score.alerts === 0 ? '–' : formatDuration(score.totalSeconds),
      formatLength(score.medianSeconds),
      score.flaps,
      score.nights,
      ...(outages
        ? [
            `${outages.known - outages.missed} of ${outages.known}`,
            formatLength(outages.medianSecondsToDetect),
            formatLength(outages.longestSecondsToDetect),
            outages.missed,
            outages.falseAlarms,
          ]
        : []),
    ]);
  }
  return table.toString();
}

const formatLength = (seconds: number | undefined) => (seconds === undefined ? '–' : formatDuration(seconds));
