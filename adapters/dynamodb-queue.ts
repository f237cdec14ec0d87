import { randomUUID } from 'node:crypto';
import type { Message } from '../core/queues/message.ts';
import type { Queue } from '../core/queues/queue.ts';
import type { DynamodbTable, Item } from './dynamodb-table.ts';

interface Row extends Item {
  body: string;
  receives: number;
  visibleAt: number;
  /** When it was hidden. A time in the future means that the clock was set back since. */
  hiddenAt?: number;
  /** The receiver that has not reported a result yet. */
  heldBy?: string;
}

/** The partition of the dead letters of a queue. */
export const buriedKey = (queue: string): string => `BURIED#${queue}`;

/** How often a queue is polled, in milliseconds. */
const pollMs = 300;

/**
 * A queue as rows of the laptop's store, so that messages survive a crash, and other processes (`tocsin batch run`) can send
 * too. Only one process receives at a time, so a message with another holder was received by a process that has ended: it
 * is visible immediately. Rows: pk `QUEUE#<name>` (`BURIED#<name>` for dead letters), sk `<sent>#<id>`.
 */
export class DynamodbQueue implements Queue {
  readonly name: string;
  readonly #table: DynamodbTable;
  readonly #now: () => number;
  readonly #holder = randomUUID();

  constructor(name: string, table: DynamodbTable, now: () => number) {
    this.name = name;
    this.#table = table;
    this.#now = now;
  }

  async send(body: string): Promise<void> {
    const now = this.#now();
    await this.#table.put({
      pk: this.#pk,
      sk: `${new Date(now).toISOString()}#${randomUUID()}`,
      body,
      receives: 0,
      visibleAt: now,
      hiddenAt: now,
    });
  }

  async receive(now: number, hiddenUntil: number): Promise<Message[]> {
    const messages: Message[] = [];
    for await (const item of this.#table.query({ pk: this.#pk, from: '0', to: '~' })) {
      const row = item as Row;
      const orphaned = row.heldBy !== undefined && row.heldBy !== this.#holder;
      const clockSetBack = row.hiddenAt !== undefined && row.hiddenAt > now;
      if (row.visibleAt > now && !orphaned && !clockSetBack) continue;
      const { hiddenAt: _, ...rest } = row;
      await this.#table.put({
        ...rest,
        receives: row.receives + 1,
        visibleAt: hiddenUntil,
        heldBy: this.#holder,
      });
      messages.push({ id: row.sk, body: row.body, receives: row.receives + 1 });
    }
    return messages;
  }

  async remove(id: string): Promise<void> {
    await this.#table.remove({ pk: this.#pk, sk: id });
  }

  async hide(id: string, until: number): Promise<void> {
    const row = await this.#table.get({ pk: this.#pk, sk: id });
    if (!row) return;
    const { heldBy: _, ...free } = row;
    await this.#table.put({ ...free, visibleAt: until, hiddenAt: this.#now() });
  }

  /** The dead letter is written before the message is removed: a crash in between duplicates the message and does not lose it. */
  async bury(message: Message, reason: string, errorClass: string): Promise<void> {
    await this.#table.put({
      pk: buriedKey(this.name),
      sk: message.id,
      body: message.body,
      receives: message.receives,
      reason,
      errorClass,
    });
    await this.remove(message.id);
  }

  /** Messages that another process sends are not known here, so the queue is polled. */
  nextVisible(after: number): number {
    return after + pollMs;
  }

  get #pk(): string {
    return `QUEUE#${this.name}`;
  }
}
