import { statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { messageOf } from '../core/definition/plain-data.ts';
import { UserError } from '../core/user-error.ts';
import * as tocsin from '../index.ts';

/** The config that commands read if no other is given, in the current folder. */
export const defaultConfig = 'monitoring.config.ts';

/** The config could not be read at all. What is wrong inside it is a `ConfigError` of its parser. */
export class ConfigFileError extends UserError {
  override readonly name = 'ConfigFileError';
}

/**
 * Reads a `monitoring.config.ts` and returns its default export, unparsed. The file may lie anywhere and be TypeScript, as
 * may all that it imports; `tocsin` in it is this package, whether or not it is installed there.
 * @throws {ConfigFileError} when it is missing, does not compile, fails while it runs, or exports nothing by default
 */
export async function loadConfig(path: string): Promise<unknown> {
  const file = resolve(path);
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats) throw new ConfigFileError(`There is no config at ${file}. Give the path of one.`);
  if (stats.isDirectory())
    throw new ConfigFileError(
      `${file} is a folder. Name the config in it: --config ${join(path, 'monitoring.config.ts')}`,
    );
  const module = await run(file);
  if (module['default'] === undefined)
    throw new ConfigFileError(`${file} has no default export; end it with: export default defineMonitoring({ … });`);
  if (isPromise(module['default']))
    throw new ConfigFileError(`${file} exports a promise; await it: export default await …`);
  return module['default'];
}

/** Returned from an async function it would be waited for, perhaps for ever. */
const isPromise = (value: unknown): boolean => typeof (value as PromiseLike<unknown> | null)?.then === 'function';

const loaded = new Set<string>();

/** Whether an error occurred in a config that was loaded, or in a file that it has beside it. */
export function isOfConfig(error: unknown): boolean {
  const stack = (error instanceof Error && error.stack) || '';
  return [...loaded].some((file) => {
    const folder = dirname(file) + sep;
    return stack.includes(file) || (!ownFolder.startsWith(folder) && stack.includes(folder));
  });
}

const ownFolder = fileURLToPath(new URL('.', import.meta.url));

/** Runs the file. Nothing is kept: a config that changed is read anew. */
async function run(file: string): Promise<Record<string, unknown>> {
  const jiti = createJiti(import.meta.url, {
    fsCache: false,
    moduleCache: false,
    interopDefault: false,
    virtualModules: { tocsin },
  });
  loaded.add(file);
  try {
    return await unlessItHangs(file, jiti.import<Record<string, unknown>>(file));
  } catch (error) {
    if (error instanceof ConfigFileError) throw error;
    throw new ConfigFileError(whatFailed(error, file), { cause: error });
  }
}

/** One line that says what failed and, for what the loader reports, where. */
function whatFailed(error: unknown, file: string): string {
  const message = messageOf(error);
  const [, problem, place, line, column] = /^ParseError: (.*?)\s*\n\s*(.+):(\d+):(\d+)$/s.exec(message) ?? [];
  // Columns count from 1, as editors count them.
  if (problem) return `${place}:${line}:${Number(column) + 1}: ${problem}`;
  const [, missing, importer] = /^Cannot find module '(.+?)'\nRequire stack:\n- (.+)/.exec(message) ?? [];
  if (missing) return `${importer}: Could not resolve "${missing}"`;
  return `${file} fails while it runs: ${message}`;
}

/** How long a config may run, in milliseconds. */
const patienceMs = 30_000;

/** A config that awaits what never comes: noticed when nothing is left to wait for, or after a time. */
async function unlessItHangs<T>(file: string, running: Promise<T>): Promise<T> {
  let give = (_: Error) => {};
  const hung = new Promise<never>((_, reject) => {
    give = reject;
  });
  const giveUp = () =>
    give(new ConfigFileError(`${file} does not finish: something that it awaits never ends. Remove that await.`));
  const timer = setTimeout(giveUp, patienceMs).unref();
  process.once('beforeExit', giveUp);
  try {
    return await Promise.race([running, hung]);
  } finally {
    clearTimeout(timer);
    process.off('beforeExit', giveUp);
  }
}
