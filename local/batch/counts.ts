import * as z from 'zod';

const count = z.number().int().nonnegative();

/** How many items a run had, and how many of them succeeded and failed. */
export const counts = z.object({ total: count, successful: count, failed: count }).partial();

export type Counts = z.output<typeof counts>;

/**
 * The counts in the last line of a command's output that is a JSON object: `{"total":150,"failed":3}`. Undefined when no
 * line is, or when that line has no counts.
 */
export function countsIn(output: string): Counts | undefined {
  for (const line of output.trimEnd().split('\n').reverse()) {
    if (!line.trimStart().startsWith('{')) continue;
    const parsed = counts.safeParse(jsonOf(line));
    return parsed.success && Object.keys(parsed.data).length > 0 ? parsed.data : undefined;
  }
  return undefined;
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

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
