import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Bundled CommonJS packages call `require`, which does not exist in ESM. */
export const requireForCommonJs =
  "import { createRequire as $require } from 'node:module'; const require = $require(import.meta.url);";

/** The result of one esbuild call. */
export interface Bundles {
  /** The code of each function, by its name. */
  readonly code: ReadonlyMap<string, Uint8Array>;
  /** The inputs of each bundle. */
  readonly metafile: Metafile;
}

/**
 * Bundles handlers in one esbuild call, each with all of its imports, including the SDK. One process per handler would take
 * much longer. The same sources give the same bytes in every folder. Only a clone and the build of the package do this: an
 * installed package has its bundles and no esbuild.
 * @param folder holds `<name>/handler.ts` of each
 */
export function bundleFunctions(names: readonly string[], folder = join(root, 'functions')): Bundles {
  const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof import('esbuild');
  const { metafile, outputFiles } = buildSync({
    entryPoints: names.map((name) => ({ in: join(folder, name, 'handler.ts'), out: name })),
    absWorkingDir: join(folder, '..'),
    outdir: folder,
    write: false,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Packages that have both formats are smaller as ESM, because esbuild can remove unused code.
    mainFields: ['module', 'main'],
    banner: { js: requireForCommonJs },
    metafile: true,
    logLevel: 'warning',
  });
  return {
    code: new Map(
      outputFiles.map(({ path, contents }) => [path.slice(path.lastIndexOf(sep) + 1, -'.mjs'.length), contents]),
    ),
    metafile,
  };
}
