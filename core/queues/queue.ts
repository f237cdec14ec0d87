import type { Message, Outbound } from './message.ts';

/** A queue of the laptop or the simulator, with the parts of SQS that the pipeline relies on. */
export interface Queue extends Outbound {
  readonly name: string;
  /** The messages that are visible at `now`, the oldest first. Receiving hides a message until `hiddenUntil`. */
  receive(now: number, hiddenUntil: number): Promise<Message[]>;
  /** Done with: the message is gone. */
  remove(id: string): Promise<void>;
  /** Hides a received message until then. */
  hide(id: string, until: number): Promise<void>;
  /** Moves a message to the dead letters, with the reason. */
  bury(message: Message, reason: string, errorClass: string): Promise<void>;
  /** When the next message becomes visible; undefined when there is none. Queues that cannot know say `after`. */
  nextVisible(after: number): number | undefined;
}
