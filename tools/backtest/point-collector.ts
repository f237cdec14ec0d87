import { readMoment } from './moment.ts';
import { type Recording, RecordingBuilder } from './recording.ts';
import { clipped, FileProblems } from './recording-error.ts';

/** What was read, and what a person should know of it. */
export interface Recorded {
  recording: Recording;
  /** What was not taken as it stands. */
  warnings: readonly string[];
  /** Epoch milliseconds up to which silence means missing data. @default the last point */
  until?: number;
  /** Each value is a statistic of several, as CloudWatch answers; else it is a value as it was published. */
  isStatistic?: true;
}

interface Row {
  at: number;
  value: number | undefined;
  place: number;
  /** The moment as the file has it. */
  text: string;
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const notFinite = /^[+-]?(nan|inf|infinity)$/i;

/**
 * Takes the points of a file one by one, in the order of the file.
 *
 * - An empty value or NaN is a gap, as a scrape that failed; so is an infinite value, which CloudWatch refuses.
 * - One moment twice with one value is one point, with two values a problem: nobody can say which is right.
 * - Time that goes backwards is a problem, told once for each step back.
 */
export class PointCollector {
  readonly #points = new RecordingBuilder();
  readonly #problems: FileProblems;
  readonly #sayPlace: (place: number) => string;
  #last: Row | undefined;
  #repeated = 0;
  #gaps = 0;
  #infinite = 0;

  /** @param sayPlace how a place is called: `line 7`, `values[7]` */
  constructor(file: string, sayPlace: (place: number) => string) {
    this.#problems = new FileProblems(file);
    this.#sayPlace = sayPlace;
  }

  /** How many points there are. */
  get length(): number {
    return this.#points.length;
  }

  add(place: number, time: string, value: string): void {
    const at = readMoment(time);
    const number = readValue(value);
    if (typeof at !== 'number') this.problem(place, `${clipped(time)} ${at.says}`);
    if (number === 'text')
      this.problem(place, `${clipped(value)} is no number; write one with a point, as in 3 or 0.25`);
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
      this.problem(place, `${text} lies before ${last.text} of ${this.#sayPlace(last.place)}; sort by time`);
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
      this.problem(place, `${text} has the value ${value}, and ${other}; keep one of them`);
    }
  }

  #keep(at: number, value: number | undefined): void {
    if (value !== undefined && !this.#problems.any) this.#points.add(at, value);
  }

  /** @throws {RecordingError} with all that is wrong, also when there is no value at all */
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
        'point stands twice with the same value and was taken once',
        'points stand twice with the same value and were taken once',
      ),
      ...say(this.#gaps, 'value is empty or NaN: missing data', 'values are empty or NaN: missing data'),
      ...say(
        this.#infinite,
        'value is infinite: CloudWatch takes none, so it counts as missing',
        'values are infinite: CloudWatch takes none, so they count as missing',
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
