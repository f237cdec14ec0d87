/** The maximum number of different causes in a message. Further causes are counted. */
const maxListed = 20;
/** The maximum depth, because an error can be its own cause. */
const maxDepth = 8;

/**
 * The causes of an error, each different cause once: the errors of an AggregateError and the `cause` of each, recursively,
 * as `Name: message`, with the number of occurrences if there is more than one. Empty for an error without causes.
 */
export function causesOf(error: unknown): string[] {
  const counts = new Map<string, number>();
  for (const cause of below(error, maxDepth)) {
    const text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const all = [...counts].map(([text, times]) => (times > 1 ? `${text} (${times} times)` : text));
  return all.length > maxListed ? [...all.slice(0, maxListed), `and ${all.length - maxListed} other causes`] : all;
}

/** An error and its causes on one line: `the sweep failed for 2 groups (AccessDenied: …; Error: …)`. */
export function formatError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const unmentioned = causesOf(error).filter((cause) => !error.message.includes(cause.slice(cause.indexOf(': ') + 2)));
  return unmentioned.length > 0 ? `${error.message} (${unmentioned.join('; ')})` : error.message;
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
