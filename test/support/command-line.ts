import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, vi } from 'vitest';
import { cli } from '../../cli/cli.ts';

/** What a command left behind. */
export interface Said {
  exitCode: number;
  out: string;
  err: string;
}

/** `tocsin …` in this process: its exit code and what it printed. Never two at a time. */
export async function tocsin(...args: string[]): Promise<Said> {
  const said = { out: '', err: '' };
  const hear = (to: 'out' | 'err') => (text: unknown) => {
    said[to] += `${text}\n`;
  };
  const write = (to: 'out' | 'err') => (text: unknown) => {
    said[to] += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(hear('out')),
    vi.spyOn(console, 'error').mockImplementation(hear('err')),
    vi.spyOn(process.stdout, 'write').mockImplementation(write('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(write('err')),
  ];
  try {
    return { exitCode: await cli(['node', 'tocsin', ...args]), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** `tocsin …` in a process of its own, where a command's own output can be heard. */
export function tocsinProcess(args: readonly string[], options: { cwd?: string } = {}): Promise<Said> {
  const program = fileURLToPath(new URL('../../bin/tocsin.js', import.meta.url));
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], options, (error, out, err) =>
      resolve({ exitCode: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err }),
    );
  });
}

/** `tocsin …` in a process of its own that goes on beside the test. */
export function tocsinBeside(args: readonly string[]) {
  const program = fileURLToPath(new URL('../../bin/tocsin.js', import.meta.url));
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let heard = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      heard += chunk.toString('utf8');
    });
  return {
    /** Resolves once it has said this. */
    says: (text: string) => vi.waitUntil(() => heard.includes(text), { timeout: 20_000, interval: 20 }),
    kill: (signal: NodeJS.Signals) => void child.kill(signal),
    ended: new Promise<{ exitCode: number | null; signal: NodeJS.Signals | null; heard: string }>((resolve) =>
      child.once('close', (exitCode, signal) => resolve({ exitCode, signal, heard })),
    ),
  };
}

/** A folder for each test of a file, removed after it. */
export function ownFolder(): { path: (name?: string) => string; write: (name: string, text: string) => string } {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name = '') => join(folder, name);
  return {
    path,
    write: (name, text) => {
      writeFileSync(path(name), text);
      return path(name);
    },
  };
}
