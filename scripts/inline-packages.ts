import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { requireForCommonJs } from '../lib/bundle-function.ts';

/**
 * Packages that are bundled into the files that use them, so that they are not dependencies. The commands need a small part of
 * each, and installing the complete packages would take ten times the space; the store of the laptop would run an install
 * script.
 */
const inlined = ['@aws-sdk', 'dynalite', 'echarts', 'level', 'memory-level'];
const importsInlined = new RegExp(`(?:from|import) ?\\(?['"](?:${inlined.join('|')})(?:/|['"])`);

/** Puts {@link inlined} into compiled files. What several of them need is in `vendor/`. @returns what esbuild did */
export async function inlinePackages(dist: string, files: readonly string[], modules: string): Promise<Metafile> {
  const using = files.filter((file) => importsInlined.test(readFileSync(file, 'utf8')));
  const { metafile } = await build({
    entryPoints: using,
    outdir: dist,
    outbase: dist,
    absWorkingDir: dist,
    allowOverwrite: true,
    bundle: true,
    splitting: true,
    chunkNames: 'vendor/[hash]',
    minify: true,
    // Errors are distinguished by the names of their classes.
    keepNames: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    banner: { js: requireForCommonJs },
    plugins: [nativePart, namedFiles, onlyInlined(new Set(using))],
    metafile: true,
    logLevel: 'warning',
  });
  for (const file of using) rmSync(`${file}.map`, { force: true });
  copyNativePart(join(dist, 'vendor/classic-level'), modules);
  return metafile;
}

/** Does not change any other import of our own files. */
const onlyInlined = (own: ReadonlySet<string>): Plugin => ({
  name: 'only-inlined',
  setup: ({ onResolve }) =>
    onResolve({ filter: /.*/ }, ({ path, importer }) =>
      own.has(importer) && !inlined.some((name) => path === name || path.startsWith(`${name}/`))
        ? { path, external: true }
        : undefined,
    ),
});

/** The name under which bundled code finds the native part of `level`: `imports` of package.json refers to it. */
const nativeName = '#classic-level';

const nativePart: Plugin = {
  name: 'native-part',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/binding$/ }, ({ importer }) =>
      importer.includes(`${sep}classic-level${sep}`) ? { path: nativeName, external: true } : undefined,
    ),
};

/** dynalite requires files by computed names without their ending; a bundle has only complete names. */
const namedFiles: Plugin = {
  name: 'named-files',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/dynalite\/index\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/require\(('\.\/\w+\/' \+ action)\)/g, "require($1 + '.js')"),
    })),
};

/** The native part is prebuilt for every platform; it is chosen when it is loaded. */
function copyNativePart(to: string, modules: string): void {
  mkdirSync(to, { recursive: true });
  for (const path of ['prebuilds', 'LICENSE'])
    cpSync(join(modules, 'classic-level', path), join(to, path), { recursive: true });
  cpSync(join(modules, 'node-gyp-build/node-gyp-build.js'), join(to, 'node-gyp-build.cjs'));
  writeFileSync(join(to, 'binding.cjs'), "module.exports = require('./node-gyp-build.cjs')(__dirname);\n");
}
