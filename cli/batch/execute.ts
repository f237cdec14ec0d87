import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { cleanText, clipStart } from '../../core/delivery/clean-text.ts';
import { terminalLine } from '../../core/terminal-text.ts';

/** How a command ended. */
export interface Ended {
  exitCode: number;
  /** The end of its standard error, or why it could not be started; empty if it wrote nothing. */
  error: string;
  /** The end of its standard output; empty unless `readsOutput` is set. */
  output: string;
}

/** The maximum length of the error of a run, in characters. */
const longestError = 2000;

/** How much of the end of a stream is buffered, in characters: a progress bar writes one line many times. */
const bufferedLength = 65_536;

/** How long to wait for the rest of the output after a command has ended, in milliseconds. */
const drainMs = 250;

/** Signals that are forwarded to the command; a closed terminal sends SIGHUP. The terminal sends Ctrl-C to the command directly. */
const forwarded = ['SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/**
 * Runs a command with its own input, output and exit code. It has ended when its process has ended. Background processes may
 * keep its streams open; they are not waited for.
 * @param readsOutput whether to read the standard output. @default false: the command writes directly to
 *   the terminal
 */
export async function execute(program: string, args: readonly string[], { readsOutput = false } = {}): Promise<Ended> {
  const stay = () => {};
  let child: ChildProcess | undefined;
  const pass = (signal: NodeJS.Signals) => void child?.kill(signal);
  // Before the command starts, so that an early signal does not end this process.
  process.on('SIGINT', stay);
  for (const signal of forwarded) process.on(signal, pass);
  outliveTheTerminal();
  try {
    // Some start failures are events and some are thrown: arguments that are too long, a path below a file.
    child = spawn(program, args, { stdio: ['inherit', readsOutput ? 'pipe' : 'inherit', 'pipe'] });
    const error = tail(child.stderr!, process.stderr);
    const output = child.stdout ? tail(child.stdout, process.stdout) : undefined;
    const [code, signal] = await ended(child);
    await Promise.all([error.over(), output?.over()]);
    const result = { error: clipStart(cleanText(error.text()).trim(), longestError), output: output?.text() ?? '' };
    if (signal) return { ...result, exitCode: 128 + constants.signals[signal], error: `ended by ${signal}` };
    return { ...result, exitCode: code ?? 1 };
  } catch (failure) {
    return notStarted(program, failure as NodeJS.ErrnoException);
  } finally {
    process.off('SIGINT', stay);
    for (const signal of forwarded) process.off(signal, pass);
  }
}

let outlives = false;

/** Writing to a closed terminal fails. This must not end the process before the run is reported. */
function outliveTheTerminal(): void {
  if (outlives) return;
  outlives = true;
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

const ended = (child: ChildProcess) =>
  new Promise<[code: number | null, signal: NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve([code, signal]));
  });

/** Forwards a stream and buffers its end. */
function tail(from: Readable, to: Writable) {
  const decoder = new StringDecoder('utf8');
  let buffered = '';
  let isOver = false;
  const close = new Promise<void>((resolve) => from.once('close', resolve)).then(() => {
    isOver = true;
  });
  from.on('data', (chunk: Buffer) => {
    buffered = (buffered + decoder.write(chunk)).slice(-bufferedLength);
    // A slow reader slows the command down, as without this process.
    if (!to.write(chunk)) {
      from.pause();
      to.once('drain', () => from.resume());
    }
  });
  return {
    text: () => buffered,
    /** Resolves when the stream has ended, or after a timeout if another process keeps it open. */
    over: async () => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, drainMs);
      });
      await Promise.race([close, late]);
      clearTimeout(timer);
      if (!isOver) from.destroy();
    },
  };
}

/** Reports a command that could not be started with the text and exit codes of a shell. */
function notStarted(program: string, { code, message }: NodeJS.ErrnoException): Ended {
  const [exitCode, why] =
    program === '' || code === 'ENOENT' || code === 'ENOTDIR'
      ? [127, 'command not found']
      : code === 'EACCES'
        ? [126, 'permission denied; is it executable?']
        : [126, message];
  const error = `${program}: ${why}`;
  process.stderr.write(`tocsin: ${terminalLine(String(error))}\n`);
  return { exitCode, error, output: '' };
}
