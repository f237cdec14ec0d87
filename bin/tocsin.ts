import { cli } from '../cli/cli.ts';
import { describeLateFailure } from '../cli/failure.ts';
import { terminal } from '../cli/terminal.ts';

// A reader that closed the pipe (`| head`) has seen enough.
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
  // A run that watches listens too: it reports what failed and goes on.
  if (process.listenerCount('unhandledRejection') === 1) endWith(error);
});

/** What a config left running does not keep a command that is over from ending, in milliseconds. */
const graceMs = 2000;

process.exitCode = await cli(process.argv);
setTimeout(() => process.exit(), graceMs).unref();
