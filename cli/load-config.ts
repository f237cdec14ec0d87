import { statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type BuildFailure, build } from 'esbuild';
import { messageOf } from '../core/definition/plain-data.ts';
import { UserError } from '../core/user-error.ts';

/** The config could not be read at all. What is wrong inside it is a `ConfigError` of its parser. */
export class ConfigFileError extends UserError {
  override readonly name = 'ConfigFileError';
}

const face = fileURLToPath(new URL('../index.ts', import.meta.url));

/** CommonJS packages that a config may import call `require`, which ESM has not. */
const requireForCommonJs =
  "import { createRequire as $require } from 'node:module'; const require = $require(import.meta.url);";

/**
 * Reads a `monitoring.config.ts` and returns its default export, unparsed. The file may lie anywhere: it is bundled with
 * all that it imports, and `tocsin` is this package whatever stands around the file.
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
  const code = await bundle(file);
  const module = await run(code, file);
  if (module['default'] === undefined)
    throw new ConfigFileError(`${file} has no default export; end it with: export default defineMonitoring({ … });`);
  if (isPromise(module['default']))
    throw new ConfigFileError(`${file} exports a promise; await it: export default await …`);
  return module['default'];
}

/** Returned from an async function it would be waited for, perhaps for ever. */
const isPromise = (value: unknown): boolean => typeof (value as PromiseLike<unknown> | null)?.then === 'function';

async function bundle(file: string): Promise<string> {
  try {
    const { outputFiles } = await build({
      entryPoints: [file],
      alias: { tocsin: face },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      // A config that reads a file beside itself means its own folder, not the temporary one it runs in.
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(file).href) },
      banner: { js: requireForCommonJs },
      logLevel: 'silent',
    });
    return outputFiles[0]!.text;
  } catch (error) {
    const first = (error as Partial<BuildFailure>).errors?.[0];
    if (!first) throw error;
    const where = first.location
      ? `${resolve(first.location.file)}:${first.location.line}:${first.location.column + 1}`
      : file;
    throw new ConfigFileError(`${where}: ${first.text}`, { cause: error });
  }
}

async function run(code: string, file: string): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-config-'));
  try {
    const bundled = join(folder, 'config.mjs');
    await writeFile(bundled, code);
    return await unlessItHangs(file, import(/* @vite-ignore */ pathToFileURL(bundled).href));
  } catch (error) {
    if (error instanceof ConfigFileError) throw error;
    throw new ConfigFileError(`${file} fails while it runs: ${messageOf(error)}`, { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
