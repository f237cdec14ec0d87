import type { Datapoint } from '../../core/alarms/datapoint.ts';

/** A series that cannot be parsed. The message has the item and the expected notation. */
export class SeriesError extends Error {
  override readonly name = 'SeriesError';
}

const number = String.raw`-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const item = new RegExp(`^(${number})(?:([+-]${number.slice(2)})?x(\\d+))?$`);
/** The maximum length of a series, in values: about two years of minutes. */
const mostValues = 1_100_000;

/**
 * Parses a series in the notation of promtool, one value per interval: `3` is 3, `3x2` is 3 3 3, `0+10x3` is 0 10 20 30,
 * `5-1x2` is 5 4 3, `_` is a missing value, `_x3` is three missing values. `stale` is a missing value too, because
 * CloudWatch has no staleness.
 * @throws {SeriesError} at the first item that is not valid
 */
export function parseSeries(text: string): Datapoint[] {
  const values: Datapoint[] = [];
  for (const [i, word] of text.trim().split(/\s+/).entries()) {
    values.push(...expand(word, i + 1));
    if (values.length > mostValues) throw new SeriesError(`the series has more than ${mostValues} values`);
  }
  return values;
}

function expand(word: string, place: number): Datapoint[] {
  if (word === '_' || word === 'stale') return [undefined];
  const missing = /^_x(\d+)$/.exec(word);
  if (missing) return bounded(Number(missing[1]), () => undefined);
  const match = item.exec(word);
  if (!match) {
    throw new SeriesError(
      `item ${place} is "${word}"; write a value (3), repeats (3x10), steps (0+10x5) or gaps (_ or _x5)`,
    );
  }
  const [, start, step = '0', times = '0'] = match;
  // As in promtool, `x3` adds three values after the first.
  const [from, by] = [Number(start), Number(step)];
  return bounded(Number(times) + 1, by === 0 ? () => from : (i) => tidy(from + i * by));
}

const bounded = (count: number, value: (i: number) => Datapoint): Datapoint[] => {
  if (count > mostValues) throw new SeriesError(`an item expands to ${count} values; the maximum is ${mostValues}`);
  return Array.from({ length: count }, (_, i) => value(i));
};

/** Steps of 0.1 add up to 0.30000000000000004; 0.3 is intended. */
const tidy = (value: number) => Number(value.toPrecision(12));
