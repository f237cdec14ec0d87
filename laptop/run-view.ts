import type { Spectator } from './world.ts';

/** How a laptop run shows itself to a person. The command line has one for the terminal. */
export interface RunView {
  /** Is called for what happens in the pipeline. */
  spectator: Spectator;
  print(text: string): void;
  /** Prints what needs attention. */
  warn(text: string): void;
  /** Shows a message in place of sending it, or one that was written to the outbox. */
  showMessage(heading: string, text: string): void;
  /** A failure that nobody waits for, as a person reads it. */
  describe(error: unknown): string;
}
