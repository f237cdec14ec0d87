import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions, Metafile } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Bundled CommonJS packages call `require`, which ESM does not have. */
export const requireForCommonJs =
  "import { createRequire as $require } from 'node:module'; const require = $require(import.meta.url);";

/** The code of a function by file name: `index.mjs`, and the chunks that it loads at once or when they are needed. */
export type CodeFiles = ReadonlyMap<string, Uint8Array>;

/** The result of one call of esbuild. */
export interface Bundle {
  readonly files: CodeFiles;
  /** Which sources each file contains. */
  readonly metafile: Metafile;
}

/** How everything that runs on Lambda is bundled. The benchmark bundles its baseline with the same options. */
export const lambdaBuild = {
  entryNames: 'index',
  write: false,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  // What `import()` loads becomes a file of its own: in one file, esbuild would wrap each module in a function, which
  // makes the import of all of them slower.
  splitting: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // Packages that ship both are smaller as ESM, from which esbuild can remove unused code.
  mainFields: ['module', 'main'],
  banner: { js: requireForCommonJs },
  // The SDK parses the user agents of browsers with it. In Node.js, nothing calls the function that would load it.
  external: ['bowser'],
  // The name of a chunk depends on the paths of its sources, which must be the same in every clone.
  preserveSymlinks: true,
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** Lambda sets the credentials of a function as environment variables. All other sources of credentials are left out. */
export const lambdaCredentials = (clone = root): Record<string, string> => ({
  '@aws-sdk/credential-provider-node': join(clone, 'adapters/lambda-credentials.ts'),
});

/**
 * Bundles a handler with everything that it imports, including the SDK. Each function has its own esbuild call, so that its
 * files depend on its own imports only. The same sources produce the same bytes in every folder. Only a clone and the
 * build of the package do this: an installed package contains its bundles and no esbuild.
 * @param folder contains `<name>/handler.ts`
 */
export function bundleFunction(name: string, folder = join(root, 'functions')): Bundle {
  const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof import('esbuild');
  const { metafile, outputFiles } = buildSync({
    ...lambdaBuild,
    alias: lambdaCredentials(join(folder, '..')),
    entryPoints: [join(folder, name, 'handler.ts')],
    absWorkingDir: join(folder, '..'),
    outdir: join(folder, name),
  });
  return {
    files: new Map(
      outputFiles
        .map(({ path, contents }) => [basename(path), contents] as const)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    ),
    metafile,
  };
}
