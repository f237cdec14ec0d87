import type { Terminal } from './terminal.ts';

/** npm forwards a Ctrl-C that the process has already received. A second signal within this time is the same one, in milliseconds. */
const duplicateMs = 1000;

/** Aborted by the first Ctrl-C or SIGTERM, so that running tasks can finish. A second one ends the process at once. */
export function stopSignal(terminal: Terminal): AbortSignal {
  const stop = new AbortController();
  let firstAt: number | undefined;
  const end = () => {
    if (firstAt === undefined) {
      firstAt = Date.now();
      terminal.print('\nStopping after the running tasks finish. Press Ctrl-C again to stop at once.');
      stop.abort();
    } else if (Date.now() - firstAt > duplicateMs) process.exit(130);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  return stop.signal;
}
