// Builds the published package in dist/: `npm run build`. A clone does not need it; it runs from its sources.
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { functions } from '../functions/functions.ts';
import { bundleFunction } from '../lib/bundle-function.ts';
import { inlinePackages } from './inline-packages.ts';
import { licensesOf } from './licenses.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** The files that are in dist so far, by the ending of their names. */
const filesOf = (ending: string) =>
  readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(dist, file));

/** JavaScript, types and source maps of everything that the entry files import. */
function compile(): void {
  const tsc = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
  // The compiler rewrites `.ts` endings only in JavaScript, and declarations would refer to files that are not published.
  for (const file of filesOf('.d.ts')) {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/((?:from|import) ?\(?['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'));
  }
}

/** The code of each Lambda function, minified, beside its contract. */
function bundle(): Metafile[] {
  return functions.map(({ name }) => {
    const { files, metafile } = bundleFunction(name);
    for (const [file, bytes] of files) writeFileSync(join(dist, 'functions', name, file), bytes);
    return metafile;
  });
}

/** The files that commands read: runbook pages, scenarios and the config that they run with. */
function copyFiles(): void {
  for (const path of ['docs/runbooks', 'docs/reference.md', 'scenarios', 'monitoring.config.ts'])
    cpSync(join(root, path), join(dist, path), { recursive: true });
}

rmSync(dist, { recursive: true, force: true });
compile();
const inFunctions = bundle();
copyFiles();
const inCommands = await inlinePackages(dist, filesOf('.js'), join(root, 'node_modules'));
writeFileSync(
  join(dist, 'LICENSES.txt'),
  licensesOf([...inFunctions.map((metafile) => ({ metafile, folder: root })), { metafile: inCommands, folder: dist }]),
);
