import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../../core/user-error.ts';

/**
 * Runs a program of an installation and throws with the end of what it said when it fails.
 * @param options.env replaces the whole environment. @default this process's own
 * @param options.signal ends it
 */
export async function runTool(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; show?: boolean; signal?: AbortSignal } = {},
): Promise<void> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', options.show ? 'inherit' : 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      said = (said + chunk).slice(-4000);
      if (options.show) process.stderr.write(chunk);
    });
  }
  const code = await new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (exit, signal) => resolve(exit ?? signal ?? 1));
  });
  if (code === 0) return;
  const end = options.show ? '' : `:\n${said.trim().split('\n').slice(-12).join('\n')}`;
  throw new UserError(`${program} ${args.slice(0, 4).join(' ')} failed (${code})${end}`);
}

/**
 * The first Python of at least a version. A shim on the path may have no version behind it, so each candidate is run.
 * @throws {UserError} when there is none
 */
export async function findPython(minor: number): Promise<string> {
  const pyenv = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  const installed = existsSync(pyenv) ? (await readdir(pyenv)).filter((version) => version.startsWith('3.')) : [];
  const candidates = [
    ...(process.env['TOCSIN_PYTHON'] ? [process.env['TOCSIN_PYTHON']] : []),
    'python3',
    ...[14, 13, 12, 11, 10].filter((each) => each >= minor).map((each) => `python3.${each}`),
    ...installed.map((version) => join(pyenv, version, 'bin/python3')),
  ];
  for (const candidate of candidates) {
    if (await runs(candidate, ['-c', `import sys, venv; sys.exit(sys.version_info < (3, ${minor}))`])) return candidate;
  }
  throw new UserError(
    `Python 3.${minor} or later with its venv module is needed and none was found; install one (pyenv install 3.${minor}), or set TOCSIN_PYTHON to it.`,
  );
}

/**
 * Waits for all that an installation needs.
 * @throws {UserError} with a line for each thing that is missing, so that nobody has to install and try one by one
 */
export async function allOf<Found extends readonly unknown[]>(
  needed: {
    [Each in keyof Found]: Promise<Found[Each]>;
  },
): Promise<Found> {
  const missing: string[] = [];
  for (const looked of await Promise.allSettled(needed)) {
    if (looked.status === 'fulfilled') continue;
    if (!(looked.reason instanceof UserError)) throw looked.reason;
    missing.push(looked.reason.message);
  }
  if (missing.length > 0) throw new UserError(missing.join('\n'));
  return (await Promise.all(needed)) as unknown as Found;
}

/** Where a program lies. @throws {UserError} when it is not on the path */
export function onPath(program: string): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, program)).find(existsSync);
  if (!found) throw new UserError(`${program} is not on the path.`);
  return found;
}

const runs = (program: string, args: readonly string[]): Promise<boolean> =>
  promisify(execFile)(program, [...args]).then(
    () => true,
    () => false,
  );
