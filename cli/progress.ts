import spinner from 'yocto-spinner';
import { terminalLine } from '../core/terminal-text.ts';

/** Shows the progress of a long command on a terminal. */
export interface Progress {
  at(text: string): void;
  end(): void;
}

const silent: Progress = { at: () => {}, end: () => {} };

/** Shows a line on stderr until the end; nothing if stderr is not a terminal. */
export function progress(): Progress {
  if (!process.stderr.isTTY) return silent;
  const line = spinner({ stream: process.stderr }).start();
  return {
    at: (text) => {
      line.text = terminalLine(text);
    },
    end: () => void line.stop(),
  };
}
