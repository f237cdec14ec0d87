import { CommanderError } from 'commander';
import { messageOf } from '../core/definition/plain-data.ts';
import { UserError } from '../core/user-error.ts';
import { isOfConfig } from './load-config.ts';

/** Set, it makes Tocsin show where a fault of its own occurred. */
const debugVariable = 'TOCSIN_DEBUG';

/**
 * What is printed when a command fails; undefined when it was printed already. What the user can correct is said in its own
 * words, what the machine or AWS refused in theirs; anything else is a fault of ours, and shows its trace on request.
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
    return `AWS: ${message}. Check your credentials, --profile, --region and what they are allowed to do.${debug}`;
  if (isOfSystem(error)) return `${message}. Check the path and its rights, and that the disk has room.${debug}`;
  const fault = error instanceof Error ? `${error.name}: ${message}` : message;
  return `Tocsin has failed: ${fault}\nThis is a fault of Tocsin. Set ${debugVariable}=1 to see where it occurred, and report it.${debug}`;
}

/** Something in the background failed and nobody waited for it: most often code of the config that was not awaited. */
export const describeLateFailure = (
  error: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): string =>
  isOfConfig(error)
    ? `The config started something that failed later: ${messageOf(error)}. Await it in the config, or remove it.`
    : (describeFailure(error, environment) ?? messageOf(error));

const isOfAws = (error: unknown): boolean =>
  error instanceof Error &&
  ('$metadata' in error || /^(CredentialsProviderError|TokenProviderError)$/.test(error.name));

const isOfSystem = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && typeof (error as NodeJS.ErrnoException).code === 'string';
