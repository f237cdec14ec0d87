/** A message as a consumer receives it, from SQS or from a queue on the laptop. */
export interface Message {
  id: string;
  body: string;
  /** The receive count, including this receive. */
  receives: number;
  /** When its handler times out, in epoch milliseconds: a lease for it need not last longer. @default never */
  endsAt?: number | undefined;
}

/**
 * The result of handling a message. If the consumer throws, the message is retried as well. `retry` makes the message visible
 * again after `afterSeconds`. `dead-letter` moves it to the dead-letter queue with the reason, because no retry would help.
 */
export type Verdict =
  | { verdict: 'done' }
  | {
      verdict: 'retry';
      afterSeconds: number;
      reason: string;
      /** Whether nothing was attempted, because the channel is paused. The CLI shows no line for it. @default false */
      untried?: true;
    }
  | { verdict: 'dead-letter'; reason: string; errorClass: string };

export const done: Verdict = { verdict: 'done' };

/** Handles one message. */
export type Consumer = (message: Message) => Promise<Verdict>;

/** A queue that a producer sends messages to. */
export interface Outbound {
  send(body: string): Promise<void>;
}
