import type { checkNames } from '../core/checks/check-names.ts';
import type { Instruments, Observe } from '../core/checks/observe.ts';

/** The exports of a check folder. */
interface ObserverModule {
  observer(instruments: Instruments): Observe;
}

/** The check folders by the names of their kinds: a kind without its folder here does not compile. */
const folders: Record<(typeof checkNames)[number], () => Promise<ObserverModule>> = {
  batch: () => import('../functions/batch-check/observe.ts'),
  disk: () => import('../functions/disk-check/observe.ts'),
  health: () => import('../functions/health-check/observe.ts'),
};

/** Loads how a kind of check observes a target. */
export const loadObserver = async (check: keyof typeof folders, instruments: Instruments): Promise<Observe> =>
  (await folders[check]()).observer(instruments);
