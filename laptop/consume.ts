import { backoffSeconds, maxAttempts } from '../core/delivery/backoff.ts';
import { groupBy } from '../core/group-by.ts';
import type { Consumer, Message, Verdict } from '../core/queues/message.ts';
import type { Queue } from '../core/queues/queue.ts';
import { subjectOf } from '../core/queues/subject-of.ts';
import type { Clock } from '../core/time/clock.ts';

/** The visibility timeout of a message, in seconds: longer than any consumer takes. */
const visibilitySeconds = 360;

/** Called with the result of each message. */
export type Consumed = (queue: Queue, message: Message, verdict: Verdict) => void;

/**
 * Stands in for SQS and Lambda for one queue. Each call passes the visible messages to the consumer and applies its verdicts.
 * Messages of one channel are processed in order, also across calls; a channel that hangs does not delay others. If the consumer
 * throws, the message is retried with backoff, and finally becomes a dead letter with the error.
 */
export function consumption(
  queue: Queue,
  consumer: Consumer,
  clock: Clock,
  observe: Consumed = () => {},
): () => Promise<void> {
  /** The last message in progress of each lane. */
  const tails = new Map<string, Promise<void>>();
  let receiving: Promise<readonly Message[]> = Promise.resolve([]);

  const handle = async (message: Message) => {
    const verdict = await verdictOf(consumer, message);
    if (verdict.verdict === 'done') await queue.remove(message.id);
    else if (verdict.verdict === 'retry') await queue.hide(message.id, clock.now() + verdict.afterSeconds * 1000);
    else await queue.bury(message, verdict.reason, verdict.errorClass);
    observe(queue, message, verdict);
  };
  const inTurn = async (messages: readonly Message[], before: Promise<void> | undefined) => {
    await before;
    for (const message of messages) await handle(message);
  };

  return async () => {
    // One after the other: the messages of one call must be hidden before the next call receives.
    receiving = receiving
      .catch(() => [])
      .then(() => {
        const now = clock.now();
        return queue.receive(now, now + visibilitySeconds * 1000);
      });
    const lanes = groupBy(await receiving, laneOf);
    await Promise.all(
      [...lanes].map(async ([name, messages]) => {
        const turn = inTurn(
          messages,
          tails.get(name)?.catch(() => {}),
        );
        tails.set(name, turn);
        await turn.finally(() => tails.get(name) === turn && tails.delete(name));
      }),
    );
  };
}

/** One call of a {@link consumption}. */
export const consume = (...of: Parameters<typeof consumption>): Promise<void> => consumption(...of)();

/** Messages without a channel share one lane. */
const laneOf = ({ body }: Message) => subjectOf(body).fields['channel'] ?? '';

async function verdictOf(consumer: Consumer, message: Message): Promise<Verdict> {
  try {
    return await consumer(message);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (message.receives >= maxAttempts)
      return { verdict: 'dead-letter', reason, errorClass: error instanceof Error ? error.name : 'Error' };
    return { verdict: 'retry', afterSeconds: backoffSeconds(message.receives), reason };
  }
}
