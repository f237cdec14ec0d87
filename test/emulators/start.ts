import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../core/user-error.ts';
import { type Emulator, endpointOf, homeOf, logOf, type Say, type StartOptions } from './emulator.ts';
import { isFree, runningFrom, stopAllFrom } from './processes.ts';
import { isReady, recordRun, runOf } from './running.ts';

/**
 * Installs what is missing and starts an emulator on loopback, in the background. One that already runs is left alone.
 * @throws {UserError} when a tool is missing, the port is taken, or it does not become ready
 */
export async function start(emulator: Emulator, port: number, say: Say, options: StartOptions = {}): Promise<void> {
  const home = homeOf(emulator);
  if (await isReady(emulator, port)) {
    if ((await runningFrom(home)).length > 0) return say(`${emulator.name} already runs at ${endpointOf(port)}.`);
    throw new UserError(
      `Another ${emulator.name} answers on port ${port}. Stop it, or choose a port: --port ${port + 100}`,
    );
  }
  if (!(await isFree(port))) {
    throw new UserError(`Port ${port} is in use. Stop what listens there, or choose another: --port ${port + 100}`);
  }
  const { port: other = port } = (await runOf(emulator)) ?? {};
  if (other !== port && (await isReady(emulator, other)) && (await runningFrom(home)).length > 0) {
    throw new UserError(
      `${emulator.name} already runs at ${endpointOf(other)}. Stop it first: npm run aws:down -- --emulator ${emulator.name}`,
    );
  }
  const left = await stopAllFrom(home);
  if (left > 0) say(`Ended ${left} processes that an earlier run left behind.`);

  await rm(join(home, 'tmp'), { recursive: true, force: true });
  await mkdir(join(home, 'tmp'), { recursive: true });
  // Node takes the nearest package.json as the word on what a .js file is; ours says ESM, and the emulators' files are not.
  await writeFile(join(dirname(home), 'package.json'), '{ "private": true, "type": "commonjs" }\n');
  await emulator.install(home, say);
  say(`Starting ${emulator.name} ${emulator.version} on port ${port} ...`);
  await launch(emulator, port, options);
  say(`Ready: ${endpointOf(port)} (its log: ${logOf(emulator)})`);
}

async function launch(emulator: Emulator, port: number, options: StartOptions): Promise<void> {
  const { enforceIam = false, readyWithinMs = 60_000 } = options;
  const home = homeOf(emulator);
  const { program, args, env } = emulator.launch(home, port, options);
  const log = openSync(logOf(emulator), 'w');
  const child = spawn(join(home, program), args, { cwd: home, env, detached: true, stdio: ['ignore', log, log] });
  const failed = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? `code ${code}`}`));
  });
  // Before it is ready, so that who breaks this off can still find it.
  if (child.pid) await recordRun(emulator, { port, pid: child.pid, enforceIam });
  const until = Date.now() + readyWithinMs;
  while (!(await isReady(emulator, port))) {
    const problem = await Promise.race([failed, sleep(200)]);
    if (problem === undefined && Date.now() < until) continue;
    await stopAllFrom(home);
    const lines = (await readFile(logOf(emulator), 'utf8')).trim().split('\n').slice(-8);
    const what = problem ?? `it did not answer within ${readyWithinMs / 1000} s`;
    throw new UserError(`${emulator.name} did not start: ${what}. The end of ${logOf(emulator)}:\n${lines.join('\n')}`);
  }
  child.unref();
}
