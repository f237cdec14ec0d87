import type { Message, Outbound } from './message.ts';

/** A queue of the laptop or the simulator, with the parts of SQS that the pipeline relies on. */
export interface Queue extends Outbound {
  readonly name: string;
  /** The messages that are visible at `now`, the oldest first. Receiving hides a message until `hiddenUntil`. */
  receive(now: number, hiddenUntil: number): Promise<Message[]>;
  /** Deletes a message after it was handled. */
  remove(id: string): Promise<void>;
  /** Hides a received message until this time. */
  hide(id: string, until: number): Promise<void>;
  /** Moves a message to the dead-letter queue, with the reason. */
  bury(message: Message, reason: string, errorClass: string): Promise<void>;
  /** When the next message becomes visible; undefined when there is none. Queues that do not know it return `after`. */
  nextVisible(after: number): number | undefined;
}
