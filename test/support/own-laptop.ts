import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach } from 'vitest';
import { SystemClock } from '../../adapters/system-clock.ts';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { terminalView } from '../../cli/terminal-view.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { runLaptop } from '../../laptop/run-laptop.ts';
import { StateFolder } from '../../laptop/state-folder.ts';
import { openStore, storesOver } from '../../laptop/store.ts';
import { aDefinition } from './a-document.ts';
import { aRun } from './a-run.ts';
import { ownFolder } from './command-line.ts';

/** A laptop for each test of a file: a state folder, and a service on loopback that can be sick. */
export function ownLaptop() {
  const { path, write } = ownFolder();
  const state = () => path('state');

  let sick = false;
  const service = createServer((_, response) => {
    response.writeHead(sick ? 503 : 200, { 'content-type': 'application/json' });
    response.end('{"status":"healthy","model_loaded":true}');
  });
  let url = '';
  beforeEach(async () => {
    sick = false;
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    service.closeAllConnections();
    await new Promise((resolve) => service.close(resolve));
  });

  /** The document that a laptop last ran with, and its store with some runs in it. */
  async function aPast(): Promise<MonitoringDocument> {
    const definition = aDefinition();
    const document = parseDefinition(
      {
        ...definition,
        services: { classifier: { ...definition.services!['classifier']!, url } },
      },
      { world: 'laptop' },
    );
    const folder = new StateFolder(state());
    folder.write({ document });
    const store = await openStore(folder, document);
    const { history } = storesOver(store.client, document, new SystemClock());
    const hourAgo = Date.now() - 3_600_000;
    const moment = (seconds: number) => new Date(hourAgo + seconds * 1000).toISOString();
    const error = { class: 'batch-failed', message: 'cannot reach the API' };
    await history.record(aRun({ id: 'good', start: moment(0), end: moment(90) }));
    await history.record(aRun({ id: 'bad', start: moment(120), end: moment(180), outcome: 'failed', error }));
    await store.close();
    return document;
  }

  /** Lets a laptop own the store while something is tried. */
  async function whileItRuns<T>(document: MonitoringDocument, attempt: () => Promise<T>): Promise<T> {
    const stop = new AbortController();
    const quiet = { print: () => {}, warn: () => {} };
    const folder = new StateFolder(state());
    let over = Promise.resolve();
    await new Promise<void>((ready, failed) => {
      over = runLaptop(document, { folder, view: terminalView(document, quiet), print: true }, stop.signal, ready);
      over.catch(failed);
    });
    try {
      return await attempt();
    } finally {
      stop.abort();
      await over;
    }
  }

  return {
    path,
    write,
    state,
    aPast,
    whileItRuns,
    url: () => url,
    fallSick: () => {
      sick = true;
    },
  };
}
