import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Bundled CommonJS packages call `require`, which ESM has not. */
export const requireForCommonJs =
  "import { createRequire as $require } from 'node:module'; const require = $require(import.meta.url);";

/** What one call of esbuild makes. */
export interface Bundles {
  /** The code of each function, by its name. */
  readonly code: ReadonlyMap<string, Uint8Array>;
  /** What each bundle is made of. */
  readonly metafile: Metafile;
}

/**
 * Bundles handlers in one esbuild call, each with all that it imports, the SDK included: a process for each would take as
 * many times as long. The same sources give the same bytes in whatever folder they are. Only a clone does this, and
 * the build of the package: an installed package has its bundles and no esbuild.
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
    // Packages that ship both are smaller as ESM, which esbuild can shake.
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
