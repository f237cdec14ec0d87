import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';
import type { MonitoringDocument } from '../../core/config/document.ts';

const functions = fileURLToPath(new URL('../../functions/', import.meta.url));

/** The functions that have a handler, by the names of their folders. */
export const handlers = readdirSync(functions)
  .filter((name) => existsSync(join(functions, name, 'handler.ts')))
  .sort();

type Handler = (event: unknown, context: { getRemainingTimeInMillis: () => number }) => Promise<unknown>;

/**
 * Every handler as Lambda gets it: one bundle with its document beside it. `start` is a cold start with the process's
 * present environment.
 */
export function bundledHandlers(): { start: (name: string, document: MonitoringDocument) => Promise<Handler> } {
  let folder = '';
  let starts = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-handlers-'));
    await build({
      entryPoints: handlers.map((name) => ({ in: join(functions, name, 'handler.ts'), out: `${name}/index` })),
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      mainFields: ['module', 'main'],
      banner: { js: "import { createRequire as $r } from 'node:module'; const require = $r(import.meta.url);" },
      logLevel: 'warning',
    });
  });
  afterAll(() => rm(folder, { recursive: true }));
  return {
    start: async (name, document) => {
      await writeFile(join(folder, name, 'document.json'), JSON.stringify(document));
      const url = pathToFileURL(join(folder, name, 'index.mjs')).href;
      return ((await import(/* @vite-ignore */ `${url}?${++starts}`)) as { handler: Handler }).handler;
    },
  };
}
