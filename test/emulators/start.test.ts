import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import type { Emulator } from './emulator.ts';
import { ministack } from './ministack.ts';
import { isFree, runningFrom, stopAllFrom } from './processes.ts';
import { running, runOf, stop } from './running.ts';
import { start } from './start.ts';
import { whileItRuns } from './while-it-runs.ts';

// Real processes on loopback: a server that answers like an emulator, and a worker that outlives it like a Lambda's.

/** Starts a worker, then answers on the port that it is given. */
const server = `#!/usr/bin/env node
require('node:child_process').spawn(process.execPath, [__dirname + '/worker.js'], { stdio: 'ignore', detached: true });
require('node:http').createServer((request, response) => response.end()).listen(Number(process.argv[2]), '127.0.0.1');`;

let folder: string;
let said: string[];
let port: number;
let others: Server[];
const say = (line: string) => void said.push(line);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emulator-'));
  said = [];
  others = [];
  port = await freePort();
});
afterEach(async () => {
  await stopAllFrom(folder, { politeMs: 0, finalMs: 5000 });
  await Promise.all(others.map(close));
  rmSync(folder, { recursive: true });
});

describe('an emulator', () => {
  it('starts, is remembered with its address, and is gone with its workers and its port when it is stopped', async () => {
    const emulator = anEmulator(server);
    await start(emulator, port, say, { enforceIam: true });
    expect(await running(emulator)).toMatchObject({ endpoint: `http://127.0.0.1:${port}`, enforceIam: true });
    await start(emulator, port, say);
    expect(said.at(-1)).toBe(`ministack already runs at http://127.0.0.1:${port}.`);

    await stop(emulator, say);
    expect(said.at(-1)).toBe('Stopped ministack: 2 processes ended.');
    expect(await runningFrom(folder)).toEqual([]);
    expect(await isFree(port)).toBe(true);
    await expect(running(emulator)).rejects.toThrow(/^ministack does not run\. Start it: npm run aws:up -- .*$/);
  });

  it.each([
    {
      says: 'by something else',
      answer: 404,
      line: /^Port \d+ is in use\. Stop what listens there, or choose another: --port \d+$/,
    },
    {
      says: 'by an emulator of somebody else',
      answer: 200,
      line: /^Another ministack answers on port \d+\. Stop it, or .*--port \d+$/,
    },
  ])('is not started on a port that is taken $says', async ({ answer, line }) => {
    others.push(await listen(port, answer));
    await expect(start(anEmulator(server), port, say)).rejects.toThrow(line);
    expect(await runningFrom(folder)).toEqual([]);
  });

  it('is not started twice, on two ports', async () => {
    const emulator = anEmulator(server);
    await start(emulator, port, say);
    await expect(start(emulator, await freePort(), say)).rejects.toThrow(
      /^ministack already runs at .*\. Stop it first: npm run aws:down -- --emulator ministack$/,
    );
  });

  it.each([
    { says: 'ends', program: 'console.error("no module named x"); process.exit(3)', line: 'it ended with code 3' },
    {
      says: 'never answers',
      program: 'console.log("no module named x"); setInterval(() => {}, 1000)',
      line: 'it did not answer within 1 s',
    },
  ])('that $says before it is ready is told with the end of its log, and leaves nothing', async ({ program, line }) => {
    const starting = start(anEmulator(`#!/usr/bin/env node\n${program}`), port, say, { readyWithinMs: 1000 });
    await expect(starting).rejects.toThrow(
      new RegExp(`^ministack did not start: ${line}\\. The end of .*\nno module named x$`),
    );
    expect(await runningFrom(folder)).toEqual([]);
    expect(await isFree(port)).toBe(true);
  });

  it('that is killed in the middle of some work ends it with one line, and leaves nothing', async () => {
    const emulator = anEmulator(server);
    await start(emulator, port, say);
    const { pid } = (await runOf(emulator))!;
    const working = whileItRuns(emulator, async (_, signal) => {
      process.kill(pid, 'SIGKILL');
      await sleep(60_000, undefined, { signal });
    });
    await expect(working).rejects.toThrow(
      /^ministack ended in the middle of this, .* npm run aws:up -- --emulator ministack$/,
    );
    expect(await runningFrom(folder)).toEqual([]);
  });

  it('that lives is not blamed for work that fails', async () => {
    const emulator = anEmulator(server);
    await start(emulator, port, say);
    const working = whileItRuns(emulator, () => Promise.reject(new Error('a step failed')));
    await expect(working).rejects.toThrow('a step failed');
    expect(await runningFrom(folder)).toHaveLength(2);
  });
});

function anEmulator(program: string): Emulator {
  const home = join(folder, 'home');
  return {
    ...ministack,
    home,
    async install() {
      writeFileSync(join(home, 'server.js'), program);
      chmodSync(join(home, 'server.js'), 0o755);
      writeFileSync(join(home, 'worker.js'), 'setInterval(() => {}, 1000);');
    },
    launch: (_, at) => ({ program: 'server.js', args: [String(at)], env: process.env }),
  };
}

async function listen(at: number, answer = 200): Promise<Server> {
  const other = createServer((_, response) => response.writeHead(answer).end());
  await new Promise<void>((resolve) => other.listen(at, '127.0.0.1', resolve));
  return other;
}

const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
