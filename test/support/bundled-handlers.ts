import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { functions } from '../../functions/functions.ts';
import { bundleOf } from '../../lib/function-bundles.ts';
import { documentFile } from '../../lib/function-code.ts';

type Handler = (
  event: unknown,
  context: { getRemainingTimeInMillis: () => number; awsRequestId?: string },
) => Promise<unknown>;

/**
 * Every handler as Lambda gets it: its bundle with the document beside it. `start` is a cold start with the process's
 * present environment.
 */
export function bundledHandlers(): {
  names: () => readonly string[];
  start: (name: string, document: MonitoringDocument) => Promise<Handler>;
} {
  let folder = '';
  let starts = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-handlers-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return {
    names: () => functions.map(({ name }) => name),
    start: async (name, document) => {
      // A folder for each start: from the same one, Node.js would take the chunks of the first start.
      const own = join(folder, `${name}-${++starts}`);
      await mkdir(own, { recursive: true });
      for (const [file, bytes] of bundleOf(name)) await writeFile(join(own, file), bytes);
      await writeFile(join(own, 'document.json'), documentFile(document));
      const url = pathToFileURL(join(own, 'index.mjs')).href;
      return ((await import(/* @vite-ignore */ url)) as { handler: Handler }).handler;
    },
  };
}
