import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type BuildFailure, build } from 'esbuild';

/** The config could not be read at all. What is wrong inside it is a `ConfigError` of its parser. */
export class ConfigFileError extends Error {
  override readonly name = 'ConfigFileError';
}

const face = fileURLToPath(new URL('../core/tocsin.ts', import.meta.url));

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
  if (!existsSync(file)) throw new ConfigFileError(`There is no config at ${file}.`);
  const code = await bundle(file);
  const module = await run(code, file);
  if (module['default'] === undefined)
    throw new ConfigFileError(`${file} has no default export; end it with: export default defineMonitoring({ … });`);
  return module['default'];
}

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
    return await import(/* @vite-ignore */ pathToFileURL(bundled).href);
  } catch (error) {
    throw new ConfigFileError(
      `${file} fails while it runs: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
