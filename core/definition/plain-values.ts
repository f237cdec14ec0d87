import { type Problem, sayPath } from './problem.ts';

/** No config is nested so deeply; what is refers to itself through getters or proxies. */
const deepest = 50;

/**
 * What of a config is not plain data and so cannot become a document: values that refer to themselves, functions, promises,
 * symbols, big integers, class instances with content of their own, and properties that throw when they are read.
 */
export function unplainProblems(config: unknown): Problem[] {
  const problems: Problem[] = [];
  const fine = new WeakSet<object>();
  const visit = (value: unknown, path: readonly PropertyKey[], above: readonly object[]): void => {
    const says = whyUnplain(value, above);
    if (says !== undefined) {
      problems.push({ path: sayPath(path) || 'the config', says });
      return;
    }
    if (typeof value !== 'object' || value === null || fine.has(value)) return;
    const before = problems.length;
    for (const key of keysOf(value)) {
      const place = [...path, Array.isArray(value) ? Number(key) : key];
      try {
        visit((value as Record<string, unknown>)[key], place, [...above, value]);
      } catch (error) {
        problems.push({
          path: sayPath(place),
          says: `fails when it is read: ${messageOf(error)}; write a plain value`,
        });
      }
    }
    if (problems.length === before) fine.add(value);
  };
  try {
    visit(config, [], []);
  } catch (error) {
    problems.push({ path: 'the config', says: `fails when it is read: ${messageOf(error)}; write a plain object` });
  }
  return problems;
}

function whyUnplain(value: unknown, above: readonly object[]): string | undefined {
  switch (typeof value) {
    case 'function':
      return `is the function ${value.name || 'without a name'}; call it, or write a plain value`;
    case 'symbol':
      return 'is a symbol; write text';
    case 'bigint':
      return `is the big integer ${value}n; write a plain number`;
    case 'object':
      break;
    default:
      return undefined;
  }
  if (value === null) return undefined;
  if (above.includes(value)) return 'refers to itself; write each value where it belongs';
  if (above.length > deepest) return `is nested more than ${deepest} levels deep; write plain values`;
  if (value instanceof Promise) return 'is a promise; await it';
  if (value instanceof Map || value instanceof Set)
    return `is a ${value.constructor.name}; write a plain object or list`;
  return undefined;
}

const keysOf = (value: object): string[] => Object.keys(value);

/** The message of whatever was thrown, also of what cannot be turned into text. */
export function messageOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message) : String(thrown);
  } catch {
    return 'something that cannot be shown was thrown';
  }
}
