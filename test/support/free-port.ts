import { randomInt } from 'node:crypto';
import { isFree } from '../emulators/processes.ts';

/**
 * A port of loopback that is free and stays so until it is used: it lies below the ports that the kernel hands out (from
 * 32768 on Linux, higher elsewhere), so that no test beside this one is given it meanwhile.
 */
export async function freePort(): Promise<number> {
  const port = randomInt(20_000, 32_768);
  return (await isFree(port)) ? port : freePort();
}
