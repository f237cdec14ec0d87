import type { ChannelPauses } from '../core/delivery/channel-pauses.ts';

/** Pauses of channels in this process: for tests and the simulator. */
export class MemoryChannelPauses implements ChannelPauses {
  readonly #until = new Map<string, number>();

  async pausedUntil(channel: string): Promise<number | undefined> {
    return this.#until.get(channel);
  }

  async pause(channel: string, until: number): Promise<void> {
    this.#until.set(channel, Math.max(until, this.#until.get(channel) ?? 0));
  }
}
