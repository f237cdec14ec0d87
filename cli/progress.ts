import spinner from 'yocto-spinner';
import { terminalLine } from '../core/terminal-text.ts';

/** Says what long work is at, where a person sits before it. */
export interface Progress {
  at(text: string): void;
  end(): void;
}

const silent: Progress = { at: () => {}, end: () => {} };

/** A line on stderr that is gone when the work is done; nothing where stderr is no terminal. */
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
