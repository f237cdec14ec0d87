import type * as z from 'zod';
import { clip } from '../delivery/clean-text.ts';
import { UserError } from '../user-error.ts';
import { nearest } from './did-you-mean.ts';
import { hideCredentials } from './http-url.ts';

/** Something in the config that must be fixed: where, what was received, what is wrong with it and how to fix it. */
export interface Problem {
  /** Dotted, as one would write it in TypeScript: `services.classifier.url`. */
  path: string;
  /** The value as the config has it; undefined where it is absent or must not be repeated. */
  received?: unknown;
  /** Reads on from the value: `has no scheme; write https://…`. */
  says: string;
}

/** As many problems as fit on a screen; the rest is counted. */
const mostShown = 20;

/** All the problems of a config at once. */
export class ConfigError extends UserError {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(
      [
        `The config has ${problems.length === 1 ? 'a problem' : `${problems.length.toLocaleString('en-US')} problems`}:`,
        sayProblems(problems),
      ].join('\n'),
    );
    this.problems = problems;
  }
}

/** Problems, one a line; what does not fit on a screen is counted. */
export const sayProblems = (problems: readonly Problem[]): string =>
  [
    ...problems.slice(0, mostShown).map(sayProblem),
    ...(problems.length > mostShown ? [`  and ${(problems.length - mostShown).toLocaleString('en-US')} more`] : []),
  ].join('\n');

/** A problem on one line. */
export function sayProblem({ path, received, says }: Problem): string {
  const value = received === undefined ? '' : `${clip(hideCredentials(asText(received)), 80)} `;
  return `  ${path}: ${value}${says}`;
}

/** Also of what has no JSON: a value that is not plain data. */
function asText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return typeof value;
  }
}

/** What a schema found, as problems of the config. `at` is the path of the value that was parsed, `keys` those that it may have: for suggestions. */
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
  const path = sayPath([...at, ...issue.path]);
  const received = dig(root, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: path ? `${path}.${key}` : key,
      says: `is not a key that Tocsin knows; ${instead(key, keys)}`,
    }));
  }
  const hidden = issue.code === 'custom' && issue.params?.['hideValue'] === true;
  return [
    {
      path,
      ...(hidden ? {} : { received }),
      says: received === undefined && !hidden ? `is missing${hint(issue)}` : sayIssue(issue, received),
    },
  ];
}

const instead = (key: string, keys: readonly string[]): string => {
  const meant = nearest(key, keys);
  return meant === undefined ? 'remove it or correct its spelling' : `did you mean ${meant}?`;
};

/** Of the branches of a union, the one that the value came nearest to: the one whose complaints lie deepest. */
function closestBranch(branches: readonly (readonly z.core.$ZodIssue[])[]) {
  const depth = (branch: readonly z.core.$ZodIssue[]) =>
    Math.max(...branch.map((i) => (i.code === 'invalid_type' ? i.path.length : i.path.length + 1)));
  return [...branches].sort((a, b) => depth(b) - depth(a))[0];
}

const isCustom = (issue: z.core.$ZodIssue) => !/^Invalid/.test(issue.message);
const hint = (issue: z.core.$ZodIssue) =>
  isCustom(issue) && issue.message.includes(';') ? issue.message.slice(issue.message.indexOf(';')) : '';

function sayIssue(issue: z.core.$ZodIssue, received: unknown): string {
  if (issue.code === 'invalid_type') return `is not ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
  if (issue.code === 'invalid_value') {
    const meant = typeof received === 'string' ? nearest(received, issue.values.map(String)) : undefined;
    const list = `is none of ${issue.values.map((v) => JSON.stringify(v)).join(', ')}`;
    return meant === undefined ? list : `${list}; did you mean ${JSON.stringify(meant)}?`;
  }
  if (issue.code === 'too_small' && !isDefaultSize(issue.message)) return issue.message;
  if (issue.code === 'too_small') return `is less than ${issue.minimum}`;
  if (issue.code === 'too_big' && isDefaultSize(issue.message)) return `is more than ${issue.maximum}`;
  if (issue.code === 'invalid_union' && 'discriminator' in issue) {
    return `is none of the kinds that there are; its "${String(issue.discriminator)}" is unknown`;
  }
  return issue.message;
}

const isDefaultSize = (message: string) => /^Too (small|big)/.test(message);

const dig = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);

/** `services.classifier.rules[0].for`. */
export const sayPath = (path: readonly PropertyKey[]): string =>
  path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${String(key)}`)).join('');
