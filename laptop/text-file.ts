import { UserError } from '../core/user-error.ts';
import { readText } from './read-text.ts';

const reasons: Record<string, string> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder',
  EACCES: 'may not be read by you',
  ENOTDIR: 'lies under something that is no folder',
};

/**
 * A text file that the user named.
 * @param fix what to do when it cannot be read
 * @throws {UserError} when it cannot be read
 */
export function readUserText(path: string, fix: string): string {
  try {
    return readText(path);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new UserError({ place: path, found: reasons[code] ?? `cannot be read: ${message}`, fix }, { cause: error });
  }
}
