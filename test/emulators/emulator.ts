import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../local/user-error.ts';
import type { MailSeen } from '../acceptance/world.ts';
import { isFree, runningFrom, stopAllFrom } from './processes.ts';

/** The folder of everything that emulators need. Git ignores it; deleting it loses nothing but time. */
export const emulatorsFolder = fileURLToPath(new URL('../../.emulators', import.meta.url));

/** Tells a person what is being done, a line at a time. */
export type Say = (line: string) => void;

/** How to start an emulator that is installed. */
export interface Launch {
  /** A program inside the emulator's folder, so that its process can be found again. */
  program: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
}

/** What differs from emulator to emulator. */
export interface Emulator {
  readonly name: 'ministack' | 'localstack';
  readonly version: string;
  readonly defaultPort: number;
  /** The path that answers with 200 as soon as requests are served. */
  readonly health: string;
  /** The path of the inbox: the mails that SES took. */
  readonly inbox: string;
  /** Whether an alarm looks only at the values with its own dimensions. */
  readonly tellsTargetsApart: boolean;
  /** Whether the message of an alarm quotes the newest value, as CloudWatch's does. */
  readonly quotesValues: boolean;
  /** The types of resources that it accepts in a template and does not make. A green deploy alone proves nothing. */
  readonly skips: readonly string[];
  /** What it leaves behind by itself when stacks are destroyed. */
  readonly leaves: RegExp;
  /** Installs what is missing into `home` and does nothing when nothing is. */
  install(home: string, say: Say): Promise<void>;
  launch(home: string, port: number, options: StartOptions): Launch;
  /** The types of resources that it skipped since it was started, read from its log. */
  skipped(): Promise<string[]>;
  /** The mails that SES took, the oldest first. */
  mails(endpoint: string): Promise<MailSeen[]>;
}

export interface StartOptions {
  /** Whether each call is checked against the caller's IAM policies. MiniStack can do it. @default false */
  enforceIam?: boolean;
}

export const homeOf = (emulator: Emulator): string => join(emulatorsFolder, emulator.name);
export const endpointOf = (port: number): string => `http://127.0.0.1:${port}`;
export const logOf = (emulator: Emulator): string => join(homeOf(emulator), 'server.log');

/** How long an emulator may take until it answers. */
const readyWithinMs = 60_000;

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
  const other = await portOf(emulator);
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
  await writeFile(join(emulatorsFolder, 'package.json'), '{ "private": true, "type": "commonjs" }\n');
  await emulator.install(home, say);
  say(`Starting ${emulator.name} ${emulator.version} on port ${port} ...`);
  await launch(emulator, port, options);
  await writeFile(join(home, 'port'), String(port));
  say(`Ready: ${endpointOf(port)} (its log: ${logOf(emulator)})`);
}

async function launch(emulator: Emulator, port: number, options: StartOptions): Promise<void> {
  const home = homeOf(emulator);
  const { program, args, env } = emulator.launch(home, port, options);
  const log = openSync(logOf(emulator), 'w');
  const child = spawn(join(home, program), args, { cwd: home, env, detached: true, stdio: ['ignore', log, log] });
  const failed = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? `code ${code}`}`));
  });
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

/** Ends an emulator and all that it started, also what a crash left behind, and makes sure that its port is free. */
export async function stop(emulator: Emulator, say: Say): Promise<void> {
  const home = homeOf(emulator);
  const port = await portOf(emulator);
  const ended = await stopAllFrom(home);
  // Where nothing of ours ran, whoever has the port is none of our business.
  if (ended === 0) return say(`${emulator.name} was not running.`);
  for (let tries = 0; !(await isFree(port)); tries += 1) {
    if (tries > 20) throw new UserError(`Port ${port} is still in use, by a process that is not ours.`);
    await sleep(100);
  }
  say(`Stopped ${emulator.name}: ${ended} processes ended.`);
}

/** The port that an emulator was started on last. */
export async function portOf(emulator: Emulator): Promise<number> {
  const text = await readFile(join(homeOf(emulator), 'port'), 'utf8').catch(() => '');
  return Number(text) || emulator.defaultPort;
}

/** The address of the emulator that was started here. @throws {UserError} when it does not run; another's is left alone */
export async function runningEndpoint(emulator: Emulator): Promise<string> {
  const port = await portOf(emulator);
  const ours = (await runningFrom(homeOf(emulator))).length > 0;
  if (ours && (await isReady(emulator, port))) return endpointOf(port);
  throw new UserError(`${emulator.name} does not run. Start it: npm run aws:up -- --emulator ${emulator.name}`);
}

const isReady = async (emulator: Emulator, port: number): Promise<boolean> => {
  try {
    const response = await fetch(`${endpointOf(port)}${emulator.health}`, { signal: AbortSignal.timeout(2000) });
    return response.ok;
  } catch {
    // Nobody listens yet, or somebody who does not speak HTTP: both are "not ready", and the caller tells them apart.
    return false;
  }
};
