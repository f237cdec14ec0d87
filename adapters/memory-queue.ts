import type { Message } from '../core/queues/message.ts';
import type { Queue } from '../core/queues/queue.ts';
import type { Clock } from '../core/time/clock.ts';

interface Held extends Message {
  visibleAt: number;
}

/** A queue in memory, for the simulator. */
export class MemoryQueue implements Queue {
  readonly name: string;
  readonly buried: { message: Message; reason: string; errorClass: string }[] = [];
  readonly #clock: Clock;
  /** By id, in the order in which they were sent. */
  readonly #messages = new Map<string, Held>();
  #sent = 0;

  constructor(name: string, clock: Clock) {
    this.name = name;
    this.#clock = clock;
  }

  async send(body: string, delaySeconds = 0): Promise<void> {
    this.#sent += 1;
    const id = `${this.name}-${this.#sent}`;
    this.#messages.set(id, { id, body, receives: 0, visibleAt: this.#clock.now() + delaySeconds * 1000 });
  }

  async receive(now: number, hiddenUntil: number): Promise<Message[]> {
    const visible = [...this.#messages.values()].filter((message) => message.visibleAt <= now);
    for (const message of visible) {
      message.receives += 1;
      message.visibleAt = hiddenUntil;
    }
    return visible.map(({ id, body, receives }) => ({ id, body, receives }));
  }

  async remove(id: string): Promise<void> {
    this.#messages.delete(id);
  }

  async hide(id: string, until: number): Promise<void> {
    const message = this.#messages.get(id);
    if (message) message.visibleAt = until;
  }

  async bury(message: Message, reason: string, errorClass: string): Promise<void> {
    this.buried.push({ message, reason, errorClass });
    await this.remove(message.id);
  }

  nextVisible(): number | undefined {
    let next: number | undefined;
    for (const { visibleAt } of this.#messages.values()) next = Math.min(next ?? visibleAt, visibleAt);
    return next;
  }
}
