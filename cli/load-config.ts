import { statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { messageOf } from '../core/definition/plain-data.ts';
import { UserError } from '../core/user-error.ts';
import * as tocsin from '../index.ts';

/** The config that commands read if no other is given, in the current folder. */
export const defaultConfig = 'monitoring.config.ts';

/** The config file could not be loaded. Invalid content is a `ConfigError` instead. */
export class ConfigFileError extends UserError {
  override readonly name = 'ConfigFileError';
}

/**
 * Loads a `monitoring.config.ts` and returns its default export without validation. The file can be in any folder. It and its
 * imports can be TypeScript. Its import of `tocsin` always resolves to this package.
 * @throws {ConfigFileError} if it is missing, does not compile, fails while it runs, or has no default export
 */
export async function loadConfig(path: string): Promise<unknown> {
  const file = resolve(path);
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats)
    throw new ConfigFileError(
      `There is no config at ${file}. Specify its path with --config, or create one with npx tocsin init.`,
    );
  if (stats.isDirectory())
    throw new ConfigFileError(
      `${file} is a folder. Specify the config in it: --config ${join(path, 'monitoring.config.ts')}`,
    );
  const module = await run(file);
  if (module['default'] === undefined)
    throw new ConfigFileError(`${file} has no default export. Add: export default defineMonitoring({ … });`);
  if (isPromise(module['default']))
    throw new ConfigFileError(`${file} exports a promise. Await it: export default await …`);
  return module['default'];
}

/** An async function would wait for a returned promise, possibly without end. */
const isPromise = (value: unknown): boolean => typeof (value as PromiseLike<unknown> | null)?.then === 'function';

const loaded = new Set<string>();

/** Whether an error occurred in a loaded config, or in a file in its folder. */
export function isOfConfig(error: unknown): boolean {
  const stack = (error instanceof Error && error.stack) || '';
  return [...loaded].some((file) => {
    const folder = dirname(file) + sep;
    return stack.includes(file) || (!ownFolder.startsWith(folder) && stack.includes(folder));
  });
}

const ownFolder = fileURLToPath(new URL('.', import.meta.url));

/** Runs the file without a cache, so that a changed config is loaded again. */
async function run(file: string): Promise<Record<string, unknown>> {
  const jiti = createJiti(import.meta.url, {
    fsCache: false,
    moduleCache: false,
    interopDefault: false,
    tsconfigPaths: true,
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

/** Formats an error as one line, with the position if the loader reports it. */
function whatFailed(error: unknown, file: string): string {
  const message = messageOf(error);
  const [, problem, place, line, column] = /^ParseError: (.*?)\s*\n\s*(.+):(\d+):(\d+)$/s.exec(message) ?? [];
  // Columns count from 1, as editors count them.
  if (problem) return `${place}:${line}:${Number(column) + 1}: ${problem}`;
  const [, missing, importer] = /^Cannot find module '(.+?)'\nRequire stack:\n- (.+)/.exec(message) ?? [];
  if (missing) return `${importer}: Could not resolve "${missing}"`;
  return `${file} fails while it runs: ${message}`;
}

/** The maximum time that a config may run, in milliseconds. */
const timeoutMs = 30_000;

/** Detects a config that awaits a promise that never settles: when no work is left, or after a timeout. */
async function unlessItHangs<T>(file: string, running: Promise<T>): Promise<T> {
  let rejectHung = (_: Error) => {};
  const hung = new Promise<never>((_, reject) => {
    rejectHung = reject;
  });
  const giveUp = () =>
    rejectHung(
      new ConfigFileError(`${file} does not finish because a promise that it awaits never settles. Remove that await.`),
    );
  const timer = setTimeout(giveUp, timeoutMs).unref();
  process.once('beforeExit', giveUp);
  try {
    return await Promise.race([running, hung]);
  } finally {
    clearTimeout(timer);
    process.off('beforeExit', giveUp);
  }
}
