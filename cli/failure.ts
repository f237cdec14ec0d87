import { CommanderError } from 'commander';
import { messageOf } from '../core/definition/plain-data.ts';
import { UserError } from '../core/user-error.ts';
import { isOfConfig } from './load-config.ts';

/** If set, Tocsin prints the stack trace of an internal error. */
const debugVariable = 'TOCSIN_DEBUG';

/**
 * Formats the error of a command; undefined if it is already printed. User errors, AWS errors and system errors are printed
 * with their messages. Any other error is an internal error; its stack trace is printed on request.
 */
export function describeFailure(
  error: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (error instanceof CommanderError) return undefined;
  if (error instanceof UserError) return error.message;
  const debug = environment[debugVariable] && error instanceof Error ? `\n${error.stack}` : '';
  const message = messageOf(error);
  if (isOfAws(error))
    return `AWS: ${message}. Check your credentials, their permissions, --profile and --region.${debug}`;
  if (isOfSystem(error)) return `${message}. Check the path, its permissions and the free disk space.${debug}`;
  const cause = error instanceof Error ? `${error.name}: ${message}` : message;
  return `Internal error: ${cause}\nThis is a bug in Tocsin. Set ${debugVariable}=1 to print the stack trace, and report the bug.${debug}`;
}

/** Formats an error of background work, most often of code in the config that was not awaited. */
export const describeLateFailure = (
  error: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): string =>
  isOfConfig(error)
    ? `Code that the config started failed later: ${messageOf(error)}. Await it in the config, or remove it.`
    : (describeFailure(error, environment) ?? messageOf(error));

const isOfAws = (error: unknown): boolean =>
  error instanceof Error &&
  ('$metadata' in error || /^(CredentialsProviderError|TokenProviderError)$/.test(error.name));

const isOfSystem = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && typeof (error as NodeJS.ErrnoException).code === 'string';
