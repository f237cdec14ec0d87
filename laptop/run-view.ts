import type { Spectator } from './world.ts';

/** The output of a laptop run. The command line implements it for the terminal. */
export interface RunView {
  /** Observes the pipeline. */
  spectator: Spectator;
  print(text: string): void;
  /** Prints a warning. */
  warn(text: string): void;
  /** Shows a message that is not sent, or an email that was saved to the outbox. */
  showMessage(heading: string, text: string): void;
  /** Formats an error of background work. */
  describe(error: unknown): string;
}
