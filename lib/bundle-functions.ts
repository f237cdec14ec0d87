import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import type { MonitoringDocument } from '../core/definition/document.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Bundled CommonJS packages call `require`, which ESM has not. */
const requireForCommonJs =
  "import { createRequire as $require } from 'node:module'; const require = $require(import.meta.url);";

/** The functions that have a handler, by the names of their folders. */
export async function handlersIn(folder = join(root, 'functions')): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => existsSync(join(folder, name, 'handler.ts'))).sort();
}

/**
 * Bundles every handler in one esbuild call, each with all that it imports, the SDK included: a process for each would
 * take as many times as long. The output folder is emptied first, so that no asset keeps what is no longer built. It
 * belongs to the caller alone: see {@link bundleDeployment}.
 * @returns esbuild's metafile, which says what each bundle is made of
 */
export async function bundleFunctions({
  functions = join(root, 'functions'),
  out,
}: {
  functions?: string;
  out: string;
}): Promise<{ names: string[]; metafile: Metafile }> {
  const names = await handlersIn(functions);
  await rm(out, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: names.map((name) => ({ in: join(functions, name, 'handler.ts'), out: `${name}/index` })),
    outdir: out,
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
  return { names, metafile };
}

/** Puts the document beside each bundle: code and configuration change together or not at all. */
export async function addDocument(names: readonly string[], document: MonitoringDocument, out: string): Promise<void> {
  for (const name of names) {
    await mkdir(join(out, name), { recursive: true });
    await writeFile(join(out, name, 'document.json'), `${JSON.stringify(document, undefined, 1)}\n`);
  }
}

/** The bundles of one deployment, each with its document beside it, in a folder that nobody else uses. */
export interface DeploymentBundles {
  /** The folder of a function's bundle: `index.mjs` and `document.json`. */
  folderOf(name: string): string;
  metafile: Metafile;
  /** Deletes them. CDK has copied each into its own output by the time that a stack refers to it. */
  remove(): Promise<void>;
}

/**
 * Bundles every function for one deployment. Each call has a folder of its own: two synths at once, or two deployments in
 * one app, would otherwise empty each other's and deploy the document of the other.
 * @param parent where the folder is made; it is created if it is missing
 */
export async function bundleDeployment(document: MonitoringDocument, parent: string): Promise<DeploymentBundles> {
  await mkdir(parent, { recursive: true });
  const out = await mkdtemp(join(parent, 'tocsin-bundles-'));
  const { names, metafile } = await bundleFunctions({ out });
  await addDocument(names, document, out);
  return { folderOf: (name) => join(out, name), metafile, remove: () => rm(out, { recursive: true, force: true }) };
}
