import { randomUUID } from 'node:crypto';
import type { Message } from '../core/queues/message.ts';
import type { Queue } from '../core/queues/queue.ts';
import type { DynamodbTable, Item } from './dynamodb-table.ts';

interface Row extends Item {
  body: string;
  receives: number;
  visibleAt: number;
  /** When it was hidden: a moment that lies ahead says that the clock was set back since. */
  hiddenAt?: number;
  /** Whoever received it and has not said what became of it. */
  heldBy?: string;
}

/** The partition of a queue's dead letters. */
export const buriedKey = (queue: string): string => `BURIED#${queue}`;

/** How often a queue is looked at, in milliseconds. */
const pollMs = 300;

/**
 * A queue as rows of the laptop's store, so that what was sent outlives a crash, and other processes (`tocsin batch run`)
 * can send too. One process at a time receives, so what another one still holds was held by a process that died: it is
 * visible at once. Rows: pk `QUEUE#<name>` (`BURIED#<name>` for dead letters), sk `<sent>#<id>`.
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

  /** Written before it is removed: a crash between the two keeps the message twice rather than not at all. */
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

  /** What another process sent is not known here, so it looks often. */
  nextVisible(after: number): number {
    return after + pollMs;
  }

  get #pk(): string {
    return `QUEUE#${this.name}`;
  }
}
