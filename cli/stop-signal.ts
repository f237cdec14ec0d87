import type { Terminal } from './terminal.ts';

/** npm hands a Ctrl-C on to a process that the terminal has already told: what comes this soon is the same one, in milliseconds. */
const sameMs = 1000;

/** Aborted by the first Ctrl-C (or SIGTERM), so that all can be ended in order. A second one, later, ends the process at once. */
export function stopSignal(terminal: Terminal): AbortSignal {
  const stop = new AbortController();
  let firstAt: number | undefined;
  const end = () => {
    if (firstAt === undefined) {
      firstAt = Date.now();
      terminal.print('\nStopping; what is under way is ended first. Ctrl-C again stops at once.');
      stop.abort();
    } else if (Date.now() - firstAt > sameMs) process.exit(130);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  return stop.signal;
}
