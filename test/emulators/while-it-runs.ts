import { UserError } from '../../core/user-error.ts';
import { type Emulator, homeOf, logOf } from './emulator.ts';
import { runningFrom } from './processes.ts';
import { type Run, running, stop } from './running.ts';

const lookEveryMs = 2000;

/**
 * Does some work with an emulator that runs, and breaks it off when the emulator dies meanwhile: every client would try
 * again for minutes, and say in the end that a connection was refused.
 * @throws {UserError} when it does not run, or in one line when it died; then nothing of it is left
 */
export async function whileItRuns(
  emulator: Emulator,
  work: (run: Run & { endpoint: string }, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const run = await running(emulator);
  const broken = new AbortController();
  const watch = setInterval(async () => {
    if (!(await lives(emulator, run))) broken.abort();
  }, lookEveryMs);
  try {
    await work(run, broken.signal);
  } catch (error) {
    if (await lives(emulator, run)) throw error;
    await stop(emulator, () => {});
    throw new UserError(
      `${emulator.name} ended in the middle of this, and all that was deployed is gone with it. Look at the end of ${logOf(emulator)} and start anew: npm run aws:up -- --emulator ${emulator.name}`,
    );
  } finally {
    clearInterval(watch);
  }
}

/** Whether the server itself is there. Its functions' processes may outlive it and mean nothing. */
const lives = async (emulator: Emulator, { pid }: Run): Promise<boolean> =>
  (await runningFrom(homeOf(emulator))).some((each) => each.pid === pid);
