import pc from 'picocolors';
import { terminalLine, terminalOutput, terminalText } from '../core/terminal-text.ts';
import { type Line, sayLine } from './narrator.ts';

/** Where a command prints. Tests and the simulator's golden output replace it. */
export interface Terminal {
  print(text: string): void;
  warn(text: string): void;
}

/** The one way to a terminal: nothing that it would obey passes but Tocsin's own colours. */
export const terminal: Terminal = {
  print: (text) => console.log(terminalOutput(text, pc.isColorSupported)),
  warn: (text) => console.error(terminalOutput(text, pc.isColorSupported)),
};

/** A line of the story in the colour of its mood. */
export function paint(line: Line, timeZone: string): string {
  const text = sayLine(line, timeZone);
  if (line.mood === 'bad') return pc.red(text);
  return line.mood === 'good' ? pc.green(text) : text;
}

/** A text in a frame with a heading: how the demo shows a message. */
export function framed(heading: string, text: string): string {
  const lines = terminalText(text).trimEnd().split('\n');
  return [
    pc.dim(`  ┌─ ${terminalLine(heading)}`),
    ...lines.map((line) => `${pc.dim('  │')} ${line}`),
    pc.dim('  └─'),
  ].join('\n');
}
