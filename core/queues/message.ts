/** A message as a consumer gets it, from SQS or from a queue of the laptop. */
export interface Message {
  id: string;
  body: string;
  /** How many times it was received, this time included. */
  receives: number;
  /** When whoever handles it is ended, in epoch milliseconds: nothing that is held for it need last longer. @default never */
  endsAt?: number | undefined;
}

/**
 * What a consumer decided about a message. Throwing is a fourth verdict: something unforeseen, try again.
 * `retry` makes it visible again after a while; `deadLetter` parks it with its reason, since no retry would help.
 */
export type Verdict =
  | { verdict: 'done' }
  | {
      verdict: 'retry';
      afterSeconds: number;
      reason: string;
      /** Whether nothing was tried, since others have just failed: then it tells a reader nothing new. @default false */
      untried?: true;
    }
  | { verdict: 'dead-letter'; reason: string; errorClass: string };

export const done: Verdict = { verdict: 'done' };

/** Handles one message. */
export type Consumer = (message: Message) => Promise<Verdict>;

/** Where a producer puts messages. */
export interface Outbound {
  send(body: string): Promise<void>;
}
