import { backoffSeconds, maxAttempts } from '../core/delivery/backoff.ts';
import { groupBy } from '../core/group-by.ts';
import type { Consumer, Message, Verdict } from '../core/queues/message.ts';
import type { Queue } from '../core/queues/queue.ts';
import { subjectOf } from '../core/queues/subject-of.ts';
import type { Clock } from '../core/time/clock.ts';

/** How long a message stays hidden while a consumer has it, in seconds: longer than any consumer may take. */
const visibilitySeconds = 360;

/** What became of a message: for those who watch. */
export type Consumed = (queue: Queue, message: Message, verdict: Verdict) => void;

/**
 * Plays SQS and Lambda for one queue: each call hands the visible messages to the consumer and does what its verdicts
 * say. Messages of one channel follow each other, also over several calls; a channel that hangs keeps no other waiting. A
 * consumer that throws gets the message again, later and later, and at last it is buried with the error.
 */
export function consumption(
  queue: Queue,
  consumer: Consumer,
  clock: Clock,
  observe: Consumed = () => {},
): () => Promise<void> {
  /** The last message of each lane that is under way. */
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
    // One after the other: what a first call receives must be hidden before a second one looks.
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

/** What names no channel is one lane. */
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
