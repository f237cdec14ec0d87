import pc from 'picocolors';
import { terminalLine, terminalOutput, terminalText } from '../core/terminal-text.ts';
import { formatLine, type Line } from './narrator.ts';

/** The output of a command. Tests replace it. */
export interface Terminal {
  print(text: string): void;
  warn(text: string): void;
}

/** The terminal of the process. It removes all control sequences except the colours of Tocsin. */
export const terminal: Terminal = {
  print: (text) => console.log(terminalOutput(text, pc.isColorSupported)),
  warn: (text) => console.error(terminalOutput(text, pc.isColorSupported)),
};

/** Formats a line in the colour of its tone. */
export function paint(line: Line, timeZone: string): string {
  const text = formatLine(line, timeZone);
  if (line.tone === 'bad') return pc.red(text);
  return line.tone === 'good' ? pc.green(text) : text;
}

/** Formats a text in a frame with a heading, as the demo shows messages. */
export function framed(heading: string, text: string): string {
  const lines = terminalText(text).trimEnd().split('\n');
  return [
    pc.dim(`  ┌─ ${terminalLine(heading)}`),
    ...lines.map((line) => `${pc.dim('  │')} ${line}`),
    pc.dim('  └─'),
  ].join('\n');
}
