import type { Datapoint } from '../../core/alarms/datapoint.ts';

/** A series that cannot be read: which item, and what was expected. */
export class SeriesError extends Error {
  override readonly name = 'SeriesError';
}

const number = String.raw`-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const item = new RegExp(`^(${number})(?:([+-]${number.slice(2)})?x(\\d+))?$`);
/** The longest series, in values: a year of minutes is half of it. */
const mostValues = 1_100_000;

/**
 * A series in promtool's notation, a value an interval: `3` is 3, `3x2` is 3 3 3, `0+10x3` is 0 10 20 30, `5-1x2` is
 * 5 4 3, `_` is nothing, `_x3` three times nothing. `stale` is nothing as well: CloudWatch knows no staleness.
 * @throws {SeriesError} at the first item that is none of these
 */
export function parseSeries(text: string): Datapoint[] {
  const values: Datapoint[] = [];
  for (const [i, word] of text.trim().split(/\s+/).entries()) {
    values.push(...expand(word, i + 1));
    if (values.length > mostValues) throw new SeriesError(`the series has over ${mostValues} values`);
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
  // As in promtool, `x3` repeats three times after the first.
  const [from, by] = [Number(start), Number(step)];
  return bounded(Number(times) + 1, by === 0 ? () => from : (i) => tidy(from + i * by));
}

const bounded = (count: number, value: (i: number) => Datapoint): Datapoint[] => {
  if (count > mostValues) throw new SeriesError(`an item stands for ${count} values; ${mostValues} are the most`);
  return Array.from({ length: count }, (_, i) => value(i));
};

/** Steps of 0.1 add up to 0.30000000000000004; people mean 0.3. */
const tidy = (value: number) => Number(value.toPrecision(12));
