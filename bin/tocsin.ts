import { cli } from '../cli/cli.ts';
import { describeLateFailure } from '../cli/failure.ts';
import { terminal } from '../cli/terminal.ts';

// The reader has closed the pipe (`| head`), so the output is complete.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const endWith = (error: unknown) => {
  terminal.warn(describeLateFailure(error, process.env));
  process.exit(1);
};
process.on('uncaughtException', endWith);
process.on('unhandledRejection', (error) => {
  // A laptop run has its own listener: it reports the error and continues.
  if (process.listenerCount('unhandledRejection') === 1) endWith(error);
});

/** How long a finished command waits for timers of the config, in milliseconds. */
const graceMs = 2000;

process.exitCode = await cli(process.argv);
setTimeout(() => process.exit(), graceMs).unref();
