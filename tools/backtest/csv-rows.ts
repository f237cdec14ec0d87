import { momentForms, readMoment } from './moment.ts';
import { PointCollector, type Recorded } from './point-collector.ts';
import { clipped, FileProblems, RecordingError } from './recording-error.ts';
import type { Outage } from './score.ts';

/** A row of a CSV file, with its line number. */
export interface CsvRow {
  line: number;
  cells: readonly string[];
}

const sayLine = (line: number) => `line ${line}`;

/** Reads rows of `timestamp,value`: with a header row, which may have more columns in any order, or without one, in this order. */
export class CsvPoints {
  readonly #file: string;
  readonly #collector: PointCollector;
  #columns: { time: number; value: number; width: number } | undefined;

  constructor(file: string) {
    this.#file = file;
    this.#collector = new PointCollector(file, sayLine);
  }

  /** @throws {RecordingError} immediately if the first row shows that the file has another format */
  add({ line, cells }: CsvRow): void {
    if (!this.#columns) {
      this.#columns = this.#columnsOf(line, cells);
      if (isHeading(cells)) return;
    }
    const { time, value, width } = this.#columns;
    if (cells.length !== width) {
      this.#collector.problem(line, `has ${count(cells.length, 'field')}; expected ${width}`);
      return;
    }
    this.#collector.add(line, cells[time]!, cells[value]!);
  }

  get length(): number {
    return this.#collector.length;
  }

  /** @throws {RecordingError} with every problem of the file */
  end(): Recorded {
    return this.#collector.end();
  }

  #columnsOf(line: number, cells: readonly string[]): { time: number; value: number; width: number } {
    if (!isHeading(cells)) return { time: 0, value: 1, width: 2 };
    const [time, value] = [columnOf(cells, 'timestamp'), columnOf(cells, 'value')];
    if (time >= 0 && value >= 0) return { time, value, width: cells.length };
    const found = cells.map(clipped).join(', ');
    const hint = cells.length === 1 && /[;\t]/.test(cells[0]!) ? ', separated by commas' : '';
    throw new RecordingError(
      `${this.#file} has a problem:\n  ${sayLine(line)}: found ${found}; expected the headings timestamp and value${hint}, or a first row such as 2026-11-01T02:00:00Z,0.25`,
    );
  }
}

/** Whether a first row is a header: its first cell contains a letter and is not a timestamp. */
const isHeading = (cells: readonly string[]) =>
  /[a-z]/i.test(cells[0] ?? '') && typeof readMoment(cells[0]!) !== 'number' && !/^\d/.test(cells[0]!);

const columnOf = (cells: readonly string[], name: string) =>
  cells.findIndex((cell) => cell.trim().toLowerCase() === name);

const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;

/**
 * Reads rows of `start,end`, with an optional `label`: the known outages.
 * @throws {RecordingError} with every problem of the file
 */
export function readOutages(file: string, rows: readonly CsvRow[]): Outage[] {
  const problems = new FileProblems(file);
  const body = rows.length > 0 && isHeading(rows[0]!.cells) ? rows.slice(1) : rows;
  const outages = body.flatMap(({ line, cells }): Outage[] => {
    const [start = '', end = '', label = ''] = cells;
    const [from, to] = [readMoment(start), readMoment(end)];
    for (const [text, moment] of [
      [start, from],
      [end, to],
    ] as const)
      if (typeof moment !== 'number') problems.add(sayLine(line), `${clipped(text)} ${moment.says}`);
    if (typeof from !== 'number' || typeof to !== 'number') return [];
    if (to <= from) problems.add(sayLine(line), `ends at ${end}, not after its start at ${start}`);
    return [{ from, to, ...(label !== '' && { label }) }];
  });
  if (body.length === 0) problems.add(sayLine(1), `has no outage; expected start,end in ${momentForms}`);
  problems.throwAny();
  return outages.sort((a, b) => a.from - b.from);
}
