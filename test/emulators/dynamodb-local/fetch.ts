import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { UserError } from '../../../core/user-error.ts';
import type { Say } from '../emulator.ts';

const pom = fileURLToPath(new URL('pom.xml', import.meta.url));

/** How long to wait before the second try and before the third: a mirror that fails is often back in seconds. */
const usualWaitsMs = [2000, 10_000];

/**
 * Has Maven copy what DynamoDB Local is made of into a folder: what pom.xml names, with the native library of this system
 * alone. Tries three times.
 * @throws {UserError} with the end of what Maven said the last time
 */
export async function fetchLibraries(
  folder: string,
  say: Say,
  waitsMs: readonly number[] = usualWaitsMs,
): Promise<void> {
  const args = ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`];
  for (let tries = 1; ; tries += 1) {
    // Maven remembers for a day what it could not find; -U has it look again.
    const failure = await promisify(execFile)('mvn', tries > 1 ? ['-U', ...args] : args).then(
      () => undefined,
      (error: { stdout?: string; message: string }) => (error.stdout || error.message).trim().slice(-2000),
    );
    if (failure === undefined) return;
    const waitMs = waitsMs[tries - 1];
    if (waitMs === undefined)
      throw new UserError(`Maven could not fetch DynamoDB Local, at ${tries} tries:\n${failure}`);
    say(`Maven could not fetch DynamoDB Local; trying again in ${waitMs / 1000} s ...`);
    await sleep(waitMs);
  }
}
