import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { UserError } from '../../core/user-error.ts';
import { type Emulator, endpointOf, homeOf, type Say } from './emulator.ts';
import { isFree, runningFrom, stopAllFrom } from './processes.ts';

/** Ends an emulator and all that it started, also what a crash left behind, and makes sure that its port is free. */
export async function stop(emulator: Emulator, say: Say): Promise<void> {
  const home = homeOf(emulator);
  const { port = emulator.defaultPort } = (await runOf(emulator)) ?? {};
  const ended = await stopAllFrom(home);
  // Where nothing of ours ran, whoever has the port is none of our business.
  if (ended === 0) return say(`${emulator.name} was not running.`);
  for (let tries = 0; !(await isFree(port)); tries += 1) {
    if (tries > 20) throw new UserError(`Port ${port} is still in use, by a process that is not ours.`);
    await sleep(100);
  }
  say(`Stopped ${emulator.name}: ${ended} processes ended.`);
}

/** How an emulator was started last. */
const run = z.object({ port: z.number(), pid: z.number(), enforceIam: z.boolean() });
export type Run = z.infer<typeof run>;
const runFile = (emulator: Emulator): string => join(homeOf(emulator), 'run.json');

/** Remembers a start for those who come later. */
export const recordRun = (emulator: Emulator, started: Run): Promise<void> =>
  writeFile(runFile(emulator), JSON.stringify(started));

/** How an emulator was started last, whether it still runs or not; undefined when it never was. */
export async function runOf(emulator: Emulator): Promise<Run | undefined> {
  const text = await readFile(runFile(emulator), 'utf8').catch(() => 'null');
  return run.nullable().parse(JSON.parse(text)) ?? undefined;
}

/** The emulator that was started here. @throws {UserError} when it does not run; another's is left alone */
export async function running(emulator: Emulator): Promise<Run & { endpoint: string }> {
  const last = await runOf(emulator);
  const ours = (await runningFrom(homeOf(emulator))).length > 0;
  if (last && ours && (await isReady(emulator, last.port))) return { ...last, endpoint: endpointOf(last.port) };
  throw new UserError(`${emulator.name} does not run. Start it: npm run aws:up -- --emulator ${emulator.name}`);
}

/** Whether an emulator of this kind answers on a port, whoever started it. */
export const isReady = async (emulator: Emulator, port: number): Promise<boolean> => {
  try {
    const response = await fetch(`${endpointOf(port)}${emulator.health}`, { signal: AbortSignal.timeout(2000) });
    return response.ok;
  } catch {
    // Nobody listens yet, or somebody who does not speak HTTP: both are "not ready", and the caller tells them apart.
    return false;
  }
};
