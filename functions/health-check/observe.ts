import type { Instruments, Observe } from '../../core/checks/observe.ts';
import { evaluate } from './evaluate.ts';

/** Asks a service for its health page and holds the answer against what is expected. */
export const observer =
  ({ http }: Pick<Instruments, 'http'>): Observe =>
  async (target, settings, scheduledAt) => {
    if (target.kind !== 'service' || settings.check !== 'health') {
      throw new Error(`the health check was given the ${target.kind} ${target.name} and settings of ${settings.check}`);
    }
    const url = new URL(settings.path, target.url).href;
    const answer = await http.get(url, { timeoutMs: settings.timeout * 1000, maxBytes: settings.maxBytes });
    return evaluate(answer, settings, scheduledAt);
  };
