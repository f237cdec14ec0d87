import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { isFree, runningFrom, stopAllFrom } from './processes.ts';

// Real processes: an "emulator" that starts a "worker", both from one folder, as the real ones do.

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emulator-'));
  const stubborn = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("up");';
  await writeFile(join(folder, 'worker.cjs'), stubborn);
  await writeFile(
    join(folder, 'server.cjs'),
    `require('node:child_process').spawn(process.execPath, ['${join(folder, 'worker.cjs')}'], { stdio: 'inherit', detached: true }); setInterval(() => {}, 1000);`,
  );
});
afterAll(async () => {
  await stopAllFrom(folder, { politeMs: 0, finalMs: 5000 });
  await rm(folder, { recursive: true });
});

describe('processes of a folder', () => {
  it('are all found and ended, those that a dead server left behind and those that ignore a polite word too', async () => {
    const server = spawn(process.execPath, [join(folder, 'server.cjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => server.stdout.once('data', resolve));
    expect(await runningFrom(folder)).toHaveLength(2);

    const dead = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGKILL');
    await dead;
    expect(await runningFrom(folder)).toHaveLength(1);

    expect(await stopAllFrom(folder, { politeMs: 300, finalMs: 5000 })).toBe(1);
    expect(await runningFrom(folder)).toEqual([]);
  });

  it('of another folder are left alone, also when its name begins alike', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', `${folder}-other/x`]);
    try {
      expect(await stopAllFrom(folder, { politeMs: 0, finalMs: 100 })).toBe(0);
      expect(other.exitCode).toBeNull();
    } finally {
      other.kill('SIGKILL');
    }
  });
});

describe('a port', () => {
  it('is free or is not', async () => {
    const server = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    expect(await isFree(port)).toBe(false);
    await new Promise((resolve) => server.close(resolve));
    expect(await isFree(port)).toBe(true);
  });
});
