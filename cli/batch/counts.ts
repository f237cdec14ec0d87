import { parseJson } from '../../core/parse-json.ts';

/** The number of items in a run, and how many of them succeeded and failed. */
export type Counts = { [name in (typeof names)[number]]?: number | undefined };

/** The counts as text, from the command line. */
export type GivenCounts = { [name in (typeof names)[number]]?: string };

const names = ['total', 'successful', 'failed'] as const;

/** Parses the counts of a command line. An invalid count is reported and ignored, because the command has already run. */
export function givenCounts(given: GivenCounts, onProblem: (problem: string) => void): Counts {
  for (const name of names)
    if (given[name] !== undefined && countOf(given[name]) === undefined)
      onProblem(`--${name} ${JSON.stringify(given[name])} is not a whole number; the run is reported without it`);
  return countsOf(given);
}

/**
 * Finds the counts in the last line of the output that is a JSON object: `{"total":150,"failed":3}`. Undefined if there is no
 * such line, or if it has no counts.
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

/** Parses a whole number, also from text with blanks around it, as `wc` prints it. */
function countOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : undefined;
}

/** Calculates the third of total, successful and failed from the other two. */
export function completed({ total, successful, failed }: Counts): Counts {
  if (total !== undefined && failed !== undefined && successful === undefined && failed <= total)
    return { total, failed, successful: total - failed };
  if (total !== undefined && successful !== undefined && failed === undefined && successful <= total)
    return { total, successful, failed: total - successful };
  return { ...present({ total, successful, failed }) };
}

const present = (values: Counts): Counts =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
