import type * as z from 'zod';
import { nearest } from './did-you-mean.ts';
import { formatPath, type Problem } from './problem.ts';

/**
 * The errors of a schema as problems of the config.
 * @param at the path of the value that was parsed
 * @param keys the known keys of the value, for suggestions
 */
export function problemsOf(
  error: z.ZodError,
  value: unknown,
  at: readonly PropertyKey[],
  keys: readonly string[] = [],
): Problem[] {
  return error.issues.flatMap((issue) => fromIssue(issue, value, at, keys));
}

function fromIssue(
  issue: z.core.$ZodIssue,
  root: unknown,
  at: readonly PropertyKey[],
  keys: readonly string[],
): Problem[] {
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branch = closestBranch(issue.errors);
    if (branch && (!isCustom(issue) || branch.some((i) => i.path.length > 0)))
      return branch.flatMap((i) => fromIssue({ ...i, path: [...issue.path, ...i.path] }, root, at, keys));
  }
  const path = formatPath([...at, ...issue.path]);
  const received = dig(root, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: path ? `${path}.${key}` : key,
      message: `is not a known key; ${replacement(key, keys)}`,
    }));
  }
  const hidden = issue.code === 'custom' && issue.params?.['hideValue'] === true;
  return [
    {
      path,
      ...(hidden ? {} : { received }),
      message: received === undefined && !hidden ? `is required${hint(issue)}` : describeIssue(issue, received),
    },
  ];
}

const replacement = (key: string, keys: readonly string[]): string => {
  const meant = nearest(key, keys);
  return meant === undefined ? 'remove it or correct its spelling' : `did you mean ${meant}?`;
};

/** The branch of a union that matches the value best: the one whose issues are the deepest. */
function closestBranch(branches: readonly (readonly z.core.$ZodIssue[])[]) {
  const depth = (branch: readonly z.core.$ZodIssue[]) =>
    Math.max(...branch.map((i) => (i.code === 'invalid_type' ? i.path.length : i.path.length + 1)));
  return [...branches].sort((a, b) => depth(b) - depth(a))[0];
}

const isCustom = (issue: z.core.$ZodIssue) => !/^Invalid/.test(issue.message);

/** The fix, if the message of the issue or its kind holds one. */
function hint(issue: z.core.$ZodIssue): string {
  if (isCustom(issue)) return issue.message.includes(';') ? issue.message.slice(issue.message.indexOf(';')) : '';
  const allowed = allowedValues(issue);
  return allowed === undefined ? '' : `; use one of: ${allowed.map((value) => JSON.stringify(value)).join(', ')}`;
}

/** The values that the schema allows here, if it lists them. */
function allowedValues(issue: z.core.$ZodIssue): readonly unknown[] | undefined {
  if (issue.code === 'invalid_value') return issue.values;
  if (issue.code === 'invalid_union' && 'options' in issue) return issue.options as readonly unknown[];
  return undefined;
}

function describeIssue(issue: z.core.$ZodIssue, received: unknown): string {
  if (issue.code === 'invalid_type') return `is not ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
  const allowed = allowedValues(issue);
  if (allowed !== undefined) return `is not ${kindOf(issue)}; ${choose(received, allowed)}`;
  if (issue.code === 'too_small' && !isDefaultSize(issue.message)) return issue.message;
  if (issue.code === 'too_small') return `is less than ${issue.minimum}`;
  if (issue.code === 'too_big' && isDefaultSize(issue.message)) return `is more than ${issue.maximum}`;
  return issue.message;
}

/** What the value should have been: `a channel type`, `a check type`. */
const kindOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'invalid_union' && 'discriminator' in issue && issue.discriminator !== 'type'
    ? `a ${issue.discriminator} type`
    : 'an allowed value';

function choose(received: unknown, allowed: readonly unknown[]): string {
  const meant = typeof received === 'string' ? nearest(received, allowed.map(String)) : undefined;
  const list = allowed.map((value) => JSON.stringify(value)).join(', ');
  return meant === undefined ? `use one of: ${list}` : `did you mean ${JSON.stringify(meant)}? Use one of: ${list}`;
}

const isDefaultSize = (message: string) => /^Too (small|big)/.test(message);

const dig = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);
