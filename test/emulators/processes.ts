import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { UserError } from '../../core/user-error.ts';

/** A process that runs something out of a folder. */
export interface Running {
  pid: number;
  command: string;
}

/**
 * The processes that were started out of a folder, found by their command lines. An emulator runs from its own folder and
 * so do its children (Lambda workers, databases), so that this finds them all, also when whoever started them is dead.
 */
export async function runningFrom(folder: string): Promise<Running[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axww', '-o', 'pid=,stat=,args='], { maxBuffer: 1 << 26 }).catch(
    (error: NodeJS.ErrnoException) => {
      throw new UserError(`The processes cannot be listed (${error.message}); install ps, in Debian's package procps.`);
    },
  );
  return stdout.split('\n').flatMap((line) => {
    const [, pid, state, command] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    const ours = command?.includes(`${folder}/`) && !state?.startsWith('Z') && Number(pid) !== process.pid;
    return ours ? [{ pid: Number(pid), command: command! }] : [];
  });
}

/**
 * Ends every process of a folder, politely first, and waits until none is left.
 * @returns how many there were
 */
export async function stopAllFrom(folder: string, patience = { politeMs: 8000, finalMs: 5000 }): Promise<number> {
  const seen = new Set<number>();
  for (const [signal, waitMs] of [
    ['SIGTERM', patience.politeMs],
    ['SIGKILL', patience.finalMs],
  ] as const) {
    const until = Date.now() + waitMs;
    for (let left = await runningFrom(folder); left.length > 0; left = await runningFrom(folder)) {
      // Each once: some servers take a second SIGTERM as an order to leave their children behind.
      for (const { pid } of left.filter(({ pid }) => signal === 'SIGKILL' || !seen.has(pid))) end(pid, signal);
      for (const { pid } of left) seen.add(pid);
      if (Date.now() > until) break;
      await sleep(100);
    }
  }
  const left = await runningFrom(folder);
  if (left.length > 0) {
    throw new UserError(
      `These processes do not end: ${left.map(({ pid, command }) => `${pid} (${command})`).join(', ')}`,
    );
  }
  return seen.size;
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Whether nobody listens on a port of loopback. */
export const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
