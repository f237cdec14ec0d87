import pc from 'picocolors';
import type { RunView } from './run-view.ts';
import { notifyOf, type Trouble } from './trouble.ts';
import type { Spectator, World } from './world.ts';

/**
 * Reports troubles of Tocsin itself: at once on the terminal, and to the channels of critical alerts as soon as there is a
 * world that can send.
 */
export class TroubleReporter {
  readonly #view: Pick<RunView, 'warn'>;
  readonly #waiting: Trouble[] = [];
  #outlets: { world: World; spectator: Spectator } | undefined;

  constructor(view: Pick<RunView, 'warn'>) {
    this.#view = view;
  }

  readonly report = (trouble: Trouble): void => {
    const steps = trouble.actions.map((action) => `  - ${action}`).join('\n');
    this.#view.warn(pc.red(`! ${trouble.title}\n  ${trouble.description}\n${steps}`));
    this.#waiting.push(trouble);
    void this.#notify();
  };

  /** From now on there is a world that can send: what was reported before goes out too. */
  async connect(world: World, spectator: Spectator): Promise<void> {
    this.#outlets = { world, spectator };
    await this.#notify();
  }

  async #notify(): Promise<void> {
    if (!this.#outlets) return;
    const { world, spectator } = this.#outlets;
    for (let trouble = this.#waiting.shift(); trouble; trouble = this.#waiting.shift()) {
      spectator.operators(`${trouble.title} (${world.document.name}/${world.document.stage})`);
      await notifyOf(trouble, world).then(
        (notifications) => {
          for (const notification of notifications) spectator.notification(notification);
        },
        (error: unknown) => spectator.failed('the notice of it', error),
      );
    }
  }
}
