import pc from 'picocolors';
import { notifyOf, type PipelineProblem } from './pipeline-problem.ts';
import type { RunView } from './run-view.ts';
import type { Spectator, World } from './world.ts';

/**
 * Reports problems of the local pipeline: at once on the terminal, and to the channels of tier critical as soon as
 * notifications can be sent.
 */
export class ProblemReporter {
  readonly #view: Pick<RunView, 'warn'>;
  readonly #waiting: PipelineProblem[] = [];
  #outlets: { world: World; spectator: Spectator } | undefined;

  constructor(view: Pick<RunView, 'warn'>) {
    this.#view = view;
  }

  readonly report = (problem: PipelineProblem): void => {
    const steps = problem.actions.map((action) => `  - ${action}`).join('\n');
    this.#view.warn(pc.red(`! ${problem.title}\n  ${problem.description}\n${steps}`));
    this.#waiting.push(problem);
    void this.#notify();
  };

  /** Notifications can be sent from now on. Problems that were reported before are sent too. */
  async connect(world: World, spectator: Spectator): Promise<void> {
    this.#outlets = { world, spectator };
    await this.#notify();
  }

  async #notify(): Promise<void> {
    if (!this.#outlets) return;
    const { world, spectator } = this.#outlets;
    for (let problem = this.#waiting.shift(); problem; problem = this.#waiting.shift()) {
      spectator.operators(`${problem.title} (${world.document.name}/${world.document.stage})`);
      await notifyOf(problem, world).then(
        (notifications) => {
          for (const notification of notifications) spectator.notification(notification);
        },
        (error: unknown) => spectator.failed('the notification about it', error),
      );
    }
  }
}
