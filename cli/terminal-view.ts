import type { MonitoringDocument } from '../core/definition/document.ts';
import type { RunView } from '../laptop/run-view.ts';
import { describeLateFailure } from './failure.ts';
import { Narrator } from './narrator.ts';
import { framed, paint, type Terminal } from './terminal.ts';

/** Shows a laptop run on the terminal: a line for each change, messages in a frame. @param print whether messages are printed instead of sent */
export const terminalView = (
  { timeZone }: Pick<MonitoringDocument, 'timeZone'>,
  terminal: Terminal,
  { print = false }: { print?: boolean | undefined } = {},
): RunView => ({
  spectator: new Narrator(Date.now, (line) => terminal.print(paint(line, timeZone)), { prints: print }),
  print: (text) => terminal.print(text),
  warn: (text) => terminal.warn(text),
  showMessage: (heading, text) => terminal.print(framed(heading, text)),
  describe: (error) => describeLateFailure(error, process.env),
});
