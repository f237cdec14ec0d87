import pc from 'picocolors';
import type { Narrator } from '../cli/narrator.ts';
import type { Terminal } from '../cli/terminal.ts';
import { notifyOf, type Trouble } from './trouble.ts';
import type { World } from './world.ts';

/**
 * Reports troubles of Tocsin itself: at once on the terminal, and to the channels of critical alerts as soon as there is a
 * world that can send.
 */
export class TroubleReporter {
  readonly #terminal: Terminal;
  readonly #waiting: Trouble[] = [];
  #outlets: { world: World; narrator: Narrator } | undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  readonly report = (trouble: Trouble): void => {
    const steps = trouble.actions.map((action) => `  - ${action}`).join('\n');
    this.#terminal.warn(pc.red(`! ${trouble.title}\n  ${trouble.description}\n${steps}`));
    this.#waiting.push(trouble);
    void this.#notify();
  };

  /** From now on there is a world that can send: what was reported before goes out too. */
  async connect(world: World, narrator: Narrator): Promise<void> {
    this.#outlets = { world, narrator };
    await this.#notify();
  }

  async #notify(): Promise<void> {
    if (!this.#outlets) return;
    const { world, narrator } = this.#outlets;
    for (let trouble = this.#waiting.shift(); trouble; trouble = this.#waiting.shift()) {
      narrator.operators(`${trouble.title} (${world.document.name}/${world.document.stage})`);
      await notifyOf(trouble, world).then(
        (notifications) => {
          for (const notification of notifications) narrator.notification(notification);
        },
        (error: unknown) => narrator.failed('the notice of it', error),
      );
    }
  }
}
