import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { cleanText, clipStart } from '../../core/delivery/clean-text.ts';
import { terminalLine } from '../../core/terminal-text.ts';

/** How a command ended. */
export interface Ended {
  exitCode: number;
  /** Its last words on standard error, or why it could not be started; empty when it said nothing. */
  error: string;
  /** Its last words on standard output; empty unless they were asked for. */
  output: string;
}

/** How much of a command's last words becomes the error of its run, in characters. */
const longestError = 2000;

/** How much of a stream is remembered, in characters: a progress bar writes one line many times. */
const remembered = 65_536;

/** How long after the end of a command its last words may take to arrive, in milliseconds. */
const lastWordsMs = 250;

/** Signals that ask a command to end; a closed terminal sends SIGHUP. Ctrl-C reaches it by itself. */
const passedOn = ['SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/**
 * Runs a command as it is: its input, its output, its exit code. It is over when its process is; what it left in the
 * background may keep its streams open for ever, and is not waited for.
 * @param readsOutput whether standard output goes through us, so that its last words are known. @default false: the command
 *   has the terminal to itself
 */
export async function execute(program: string, args: readonly string[], { readsOutput = false } = {}): Promise<Ended> {
  const stay = () => {};
  let child: ChildProcess | undefined;
  const pass = (signal: NodeJS.Signals) => void child?.kill(signal);
  // Before it starts: a signal in its first moments must not end us.
  process.on('SIGINT', stay);
  for (const signal of passedOn) process.on(signal, pass);
  outliveTheTerminal();
  try {
    // Some reasons why it cannot start come as an event, and some are thrown: arguments too long, a path below a file.
    child = spawn(program, args, { stdio: ['inherit', readsOutput ? 'pipe' : 'inherit', 'pipe'] });
    const error = tail(child.stderr!, process.stderr);
    const output = child.stdout ? tail(child.stdout, process.stdout) : undefined;
    const [code, signal] = await ended(child);
    await Promise.all([error.over(), output?.over()]);
    const words = { error: clipStart(cleanText(error.text()).trim(), longestError), output: output?.text() ?? '' };
    if (signal) return { ...words, exitCode: 128 + constants.signals[signal], error: `ended by ${signal}` };
    return { ...words, exitCode: code ?? 1 };
  } catch (failure) {
    return notStarted(program, failure as NodeJS.ErrnoException);
  } finally {
    process.off('SIGINT', stay);
    for (const signal of passedOn) process.off(signal, pass);
  }
}

let outlives = false;

/** A terminal that was closed takes no more words; that must not end us before the run is reported. */
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

/** Passes a stream on and remembers its end. */
function tail(from: Readable, to: Writable) {
  const decoder = new StringDecoder('utf8');
  let words = '';
  let isOver = false;
  const close = new Promise<void>((resolve) => from.once('close', resolve)).then(() => {
    isOver = true;
  });
  from.on('data', (chunk: Buffer) => {
    words = (words + decoder.write(chunk)).slice(-remembered);
    // Whoever reads slowly slows the command down, as without us.
    if (!to.write(chunk)) {
      from.pause();
      to.once('drain', () => from.resume());
    }
  });
  return {
    text: () => words,
    /** Resolves when all has arrived, or when it takes too long since somebody else holds the stream. */
    over: async () => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, lastWordsMs);
      });
      await Promise.race([close, late]);
      clearTimeout(timer);
      if (!isOver) from.destroy();
    },
  };
}

/** A command that could not be started is said as a shell says it, with a shell's exit codes. */
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
