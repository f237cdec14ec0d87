import { clip } from '../delivery/clean-text.ts';
import { UserError } from '../user-error.ts';
import { hideCredentials } from './http-url.ts';

/** Something in the config that must be fixed: where it is, the received value, what is wrong and how to fix it. */
export interface Problem {
  /** Dotted, as in TypeScript: `services.classifier.url`. */
  path: string;
  /** The value in the config. Undefined if it is absent, or must not be repeated. */
  received?: unknown;
  /** Continues the sentence after the value: `has no scheme; write https://…`. */
  message: string;
}

/** The largest number of problems in one error. Further problems are counted. */
const maxShown = 20;

/** Reports all the problems of a config at once. */
export class ConfigError extends UserError {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(
      [
        `The config has ${problems.length === 1 ? 'a problem' : `${problems.length.toLocaleString('en-US')} problems`}:`,
        formatProblems(problems),
      ].join('\n'),
    );
    this.problems = problems;
  }
}

/** One line per problem, and the number of problems that are not shown. */
export const formatProblems = (problems: readonly Problem[]): string =>
  [
    ...problems.slice(0, maxShown).map(formatProblem),
    ...(problems.length > maxShown ? [`  and ${(problems.length - maxShown).toLocaleString('en-US')} more`] : []),
  ].join('\n');

/** A problem on one line. */
export function formatProblem({ path, received, message }: Problem): string {
  const value = received === undefined ? '' : `${clip(hideCredentials(asText(received)), 80)} `;
  return `  ${path}: ${value}${message}`;
}

/** The value as text, also if it cannot be written as JSON. */
function asText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return typeof value;
  }
}

/** `services.classifier.rules[0].for`. */
export const formatPath = (path: readonly PropertyKey[]): string =>
  path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${String(key)}`)).join('');
