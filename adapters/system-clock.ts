import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../core/time/clock.ts';

/** The machine's clock. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  async sleep(ms: number): Promise<void> {
    await setTimeout(ms);
  }
}
