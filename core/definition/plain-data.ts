import { formatPath, type Problem } from './problem.ts';

/** Deeper nesting than this comes from getters or proxies that refer to themselves. */
const maxDepth = 50;

/**
 * The values of a config that are not plain data and cannot be part of a document: circular references, functions, promises,
 * symbols, big integers, maps and sets, and properties that throw when they are read.
 */
export function plainDataProblems(config: unknown): Problem[] {
  const problems: Problem[] = [];
  const valid = new WeakSet<object>();
  const visit = (value: unknown, path: readonly PropertyKey[], above: readonly object[]): void => {
    const message = notPlain(value, above);
    if (message !== undefined) {
      problems.push({ path: formatPath(path) || 'the config', message });
      return;
    }
    if (typeof value !== 'object' || value === null || valid.has(value)) return;
    const before = problems.length;
    for (const key of keysOf(value)) {
      const place = [...path, Array.isArray(value) ? Number(key) : key];
      try {
        visit((value as Record<string, unknown>)[key], place, [...above, value]);
      } catch (error) {
        problems.push({
          path: formatPath(place),
          message: `throws an error when it is read: ${messageOf(error)}; write a plain value`,
        });
      }
    }
    if (problems.length === before) valid.add(value);
  };
  try {
    visit(config, [], []);
  } catch (error) {
    problems.push({
      path: 'the config',
      message: `throws an error when it is read: ${messageOf(error)}; write a plain object`,
    });
  }
  return problems;
}

function notPlain(value: unknown, above: readonly object[]): string | undefined {
  switch (typeof value) {
    case 'function':
      return `is the function ${value.name || 'without a name'}; call it, or write a plain value`;
    case 'symbol':
      return 'is a symbol; write a string';
    case 'bigint':
      return `is the big integer ${value}n; write a plain number`;
    case 'object':
      break;
    default:
      return undefined;
  }
  if (value === null) return undefined;
  if (above.includes(value)) return 'is a circular reference; write plain values';
  if (above.length > maxDepth) return `is nested more than ${maxDepth} levels deep; write plain values`;
  if (value instanceof Promise) return 'is a promise; await it';
  if (value instanceof Map || value instanceof Set)
    return `is a ${value.constructor.name}; write a plain object or array`;
  return undefined;
}

const keysOf = (value: object): string[] => Object.keys(value);

/** The message of a thrown value, even if it cannot be converted to a string. */
export function messageOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message) : String(thrown);
  } catch {
    return 'a value that cannot be converted to a string was thrown';
  }
}
