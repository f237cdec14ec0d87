import type { Instruments, Observe } from '../../core/checks/observe.ts';
import { evaluate } from './evaluate.ts';

/** Looks a batch job's last run up in the execution history. */
export const observer =
  ({ ledger }: Pick<Instruments, 'ledger'>): Observe =>
  async (target, _settings, scheduledAt) =>
    evaluate(await ledger.standing(target.name, scheduledAt), scheduledAt);
