// Builds the published package in dist/: `npm run build`. A clone does not need it; it runs from its sources.
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { functions } from '../functions/functions.ts';
import { bundleFunctions } from '../lib/bundle-functions.ts';
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

/** The code of each Lambda function, minified, next to its contract. */
function bundle(): Metafile {
  const { code, metafile } = bundleFunctions(functions.map(({ name }) => name));
  for (const [name, bytes] of code) writeFileSync(join(dist, 'functions', name, 'index.mjs'), bytes);
  return metafile;
}

/** The files that commands read: runbook pages, scenarios and the config that they run with. */
function copyFiles(): void {
  for (const path of ['docs/runbooks', 'scenarios', 'monitoring.config.ts'])
    cpSync(join(root, path), join(dist, path), { recursive: true });
}

rmSync(dist, { recursive: true, force: true });
compile();
const inFunctions = bundle();
copyFiles();
const inCommands = await inlinePackages(dist, filesOf('.js'), join(root, 'node_modules'));
writeFileSync(
  join(dist, 'LICENSES.txt'),
  licensesOf([
    { metafile: inFunctions, folder: root },
    { metafile: inCommands, folder: dist },
  ]),
);
