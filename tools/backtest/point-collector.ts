import { readMoment } from './moment.ts';
import { type Recording, RecordingBuilder } from './recording.ts';
import { clipped, FileProblems } from './recording-error.ts';

/** A recording that was read, with its warnings. */
export interface Recorded {
  recording: Recording;
  /** Values that were ignored or changed. */
  warnings: readonly string[];
  /** The time, in epoch milliseconds, until which the absence of values is missing data. @default the time of the last point */
  until?: number;
  /** Whether each value is a statistic of several values, as CloudWatch returns, and not a single published value. */
  isStatistic?: true;
}

interface Row {
  at: number;
  value: number | undefined;
  place: number;
  /** The timestamp as in the file. */
  text: string;
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const notFinite = /^[+-]?(nan|inf|infinity)$/i;

/**
 * Collects the points of a file in the order of the file.
 *
 * - An empty value or NaN is missing data, such as a failed scrape; so is an infinite value, which CloudWatch refuses.
 * - Two rows with the same timestamp and the same value are one point; with different values they are a problem.
 * - Timestamps that go backwards are a problem, reported once for each step back.
 */
export class PointCollector {
  readonly #points = new RecordingBuilder();
  readonly #problems: FileProblems;
  readonly #sayPlace: (place: number) => string;
  #last: Row | undefined;
  #repeated = 0;
  #gaps = 0;
  #infinite = 0;

  /** @param sayPlace formats a place in the file: `line 7`, `values[7]` */
  constructor(file: string, sayPlace: (place: number) => string) {
    this.#problems = new FileProblems(file);
    this.#sayPlace = sayPlace;
  }

  /** The number of points. */
  get length(): number {
    return this.#points.length;
  }

  add(place: number, time: string, value: string): void {
    const at = readMoment(time);
    const number = readValue(value);
    if (typeof at !== 'number') this.problem(place, `${clipped(time)} ${at.says}`);
    if (number === 'text') this.problem(place, `${clipped(value)} is not a number; write a number such as 3 or 0.25`);
    if (typeof at !== 'number') return;
    if (number === 'infinite') this.#infinite += 1;
    if (number === 'gap') this.#gaps += 1;
    this.#take(place, time, at, typeof number === 'number' ? number : undefined);
  }

  problem(place: number, says: string): void {
    this.#problems.add(this.#sayPlace(place), says);
  }

  #take(place: number, text: string, at: number, value: number | undefined): void {
    const last = this.#last;
    if (last && at === last.at) {
      this.#takeAgain(last, place, text, value);
      return;
    }
    this.#last = { at, value, place, text };
    if (last && at < last.at)
      this.problem(place, `${text} is before ${last.text} in ${this.#sayPlace(last.place)}; sort the rows by time`);
    else this.#keep(at, value);
  }

  #takeAgain(last: Row, place: number, text: string, value: number | undefined): void {
    if (value === undefined) return;
    if (last.value === undefined) {
      last.value = value;
      this.#keep(last.at, value);
    } else if (value === last.value) this.#repeated += 1;
    else {
      const other = `${last.value} in ${this.#sayPlace(last.place)}`;
      this.problem(place, `${text} has the value ${value}, but ${other}; keep one of the two`);
    }
  }

  #keep(at: number, value: number | undefined): void {
    if (value !== undefined && !this.#problems.any) this.#points.add(at, value);
  }

  /** @throws {RecordingError} with all problems of the file, or if it has no value */
  end(): Recorded {
    if (this.length === 0 && !this.#problems.any)
      this.#problems.add(this.#sayPlace(1), 'has no value; a backtest needs at least one');
    this.#problems.throwAny();
    return { recording: this.#points.build(), warnings: this.#warnings() };
  }

  #warnings(): string[] {
    const say = (count: number, one: string, many: string) =>
      count === 0 ? [] : [`${count.toLocaleString('en-US')} ${count === 1 ? one : many}`];
    return [
      ...say(
        this.#repeated,
        'point occurs twice with the same value and was counted once',
        'points occur twice with the same value and were counted once',
      ),
      ...say(this.#gaps, 'value is empty or NaN: missing data', 'values are empty or NaN: missing data'),
      ...say(
        this.#infinite,
        'value is infinite, which CloudWatch refuses: missing data',
        'values are infinite, which CloudWatch refuses: missing data',
      ),
    ];
  }
}

function readValue(text: string): number | 'gap' | 'infinite' | 'text' {
  if (decimal.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : 'infinite';
  }
  if (text === '') return 'gap';
  if (notFinite.test(text)) return /nan/i.test(text) ? 'gap' : 'infinite';
  return 'text';
}
