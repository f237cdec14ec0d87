import type { Point } from '../../core/alarms/datapoint.ts';

/**
 * A recorded series, oldest point first, in two columns: a million points take 16 MB, and reading them allocates nothing.
 * Points with the same timestamp are adjacent.
 */
export interface Recording {
  /** Epoch milliseconds, ascending. */
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** Builds a recording from an unknown number of points. */
export class RecordingBuilder {
  #times = new Float64Array(1024);
  #values = new Float64Array(1024);
  #length = 0;

  /** The number of points. */
  get length(): number {
    return this.#length;
  }

  /** @param at epoch milliseconds, not before that of the last point */
  add(at: number, value: number): void {
    if (this.#length === this.#times.length) {
      this.#times = doubled(this.#times);
      this.#values = doubled(this.#values);
    }
    this.#times[this.#length] = at;
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  build(): Recording {
    return { times: this.#times.slice(0, this.#length), values: this.#values.slice(0, this.#length) };
  }
}

const doubled = (column: Float64Array<ArrayBuffer>) => {
  const longer = new Float64Array(column.length * 2);
  longer.set(column);
  return longer;
};

/** Makes a recording from points in any order. */
export function recordingOf(points: readonly Point[]): Recording {
  const sorted = [...points].sort((a, b) => a.at - b.at);
  return {
    times: Float64Array.from(sorted, ({ at }) => at),
    values: Float64Array.from(sorted, ({ value }) => value),
  };
}
