/** More different causes than this are counted and not listed. */
const listed = 20;
/** Errors caused by errors end somewhere; an error that is its own cause does not. */
const deepest = 8;

/**
 * What led to an error, each different cause once: the errors that an AggregateError gathers and the `cause` of each, all
 * the way down, as `Name: message`, with how often it occurred where that is more than once. Empty for an error without causes.
 */
export function causesOf(error: unknown): string[] {
  const counts = new Map<string, number>();
  for (const cause of below(error, deepest)) {
    const text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const all = [...counts].map(([text, times]) => (times > 1 ? `${text} (${times} times)` : text));
  return all.length > listed ? [...all.slice(0, listed), `and ${all.length - listed} other causes`] : all;
}

/** An error and what led to it on one line: `the sweep failed for 2 groups (AccessDenied: …; Error: …)`. */
export function sayError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const untold = causesOf(error).filter((cause) => !error.message.includes(cause.slice(cause.indexOf(': ') + 2)));
  return untold.length > 0 ? `${error.message} (${untold.join('; ')})` : error.message;
}

function* below(error: unknown, depth: number): Iterable<unknown> {
  if (!(error instanceof Error) || depth === 0) return;
  const causes = [
    ...('errors' in error && Array.isArray(error.errors) ? (error.errors as unknown[]) : []),
    ...(error.cause === undefined || error.cause === error ? [] : [error.cause]),
  ];
  for (const cause of causes) {
    yield cause;
    yield* below(cause, depth - 1);
  }
}
