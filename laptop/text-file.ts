import { UserError } from '../core/user-error.ts';
import { readText } from './read-text.ts';

const reasons: Record<string, string> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder',
  EACCES: 'cannot be read: permission denied',
  ENOTDIR: 'has a parent that is not a folder',
};

/**
 * Reads a text file that the user specified.
 * @param fix what to do if it cannot be read
 * @throws {UserError} if it cannot be read
 */
export function readUserText(path: string, fix: string): string {
  try {
    return readText(path);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new UserError({ place: path, found: reasons[code] ?? `cannot be read: ${message}`, fix }, { cause: error });
  }
}
