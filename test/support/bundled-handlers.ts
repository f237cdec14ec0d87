import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import type { MonitoringDocument } from '../../core/config/document.ts';
import { addDocument, bundleFunctions } from '../../lib/bundle-functions.ts';

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
  let names: readonly string[] = [];
  let starts = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-handlers-'));
    ({ names } = await bundleFunctions({ out: folder }));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return {
    names: () => names,
    start: async (name, document) => {
      await addDocument([name], document, folder);
      const url = pathToFileURL(join(folder, name, 'index.mjs')).href;
      return ((await import(/* @vite-ignore */ `${url}?${++starts}`)) as { handler: Handler }).handler;
    },
  };
}
