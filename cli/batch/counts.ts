import { parseJson } from '../../core/parse-json.ts';

/** How many items a run had, and how many of them succeeded and failed. */
export type Counts = { [name in (typeof names)[number]]?: number | undefined };

/** The same as a command line gives them. */
export type GivenCounts = { [name in (typeof names)[number]]?: string };

const names = ['total', 'successful', 'failed'] as const;

/** Counts of a command line. What is none is left out and said: the command has run, and its run is reported. */
export function givenCounts(given: GivenCounts, say: (problem: string) => void): Counts {
  for (const name of names)
    if (given[name] !== undefined && countOf(given[name]) === undefined)
      say(`--${name} ${JSON.stringify(given[name])} is not a whole number; the run is reported without it`);
  return countsOf(given);
}

/**
 * The counts in the last line of a command's output that is a JSON object: `{"total":150,"failed":3}`. Undefined when no
 * line is, or when that line has no counts.
 */
export function countsIn(output: string): Counts | undefined {
  for (const line of output.trimEnd().split('\n').reverse()) {
    const text = line.trim();
    if (!text.startsWith('{')) continue;
    const found = countsOf((parseJson(text) ?? {}) as object);
    return Object.keys(found).length > 0 ? found : undefined;
  }
  return undefined;
}

const countsOf = (values: object): Counts =>
  Object.fromEntries(
    names.flatMap((name) => {
      const count = Object.hasOwn(values, name) ? countOf((values as Record<string, unknown>)[name]) : undefined;
      return count === undefined ? [] : [[name, count]];
    }),
  );

/** A whole number, also as text: programs of the shell know nothing else, and `wc` writes blanks before it. */
function countOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : undefined;
}

/** Of total, successful and failed the third follows from two. */
export function completed({ total, successful, failed }: Counts): Counts {
  if (total !== undefined && failed !== undefined && successful === undefined && failed <= total)
    return { total, failed, successful: total - failed };
  if (total !== undefined && successful !== undefined && failed === undefined && successful <= total)
    return { total, successful, failed: total - successful };
  return { ...present({ total, successful, failed }) };
}

const present = (values: Counts): Counts =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
