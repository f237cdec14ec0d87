import { backoffSeconds, maxAttempts } from '../core/delivery/backoff.ts';
import type { Consumer, Message, Verdict } from '../core/queues/message.ts';
import type { Clock } from '../core/time/clock.ts';
import type { Queue } from './queue.ts';

/** How long a message stays hidden while a consumer has it, in seconds: longer than any consumer may take. */
const visibilitySeconds = 360;

/** What became of a message: for those who watch. */
export type Consumed = (queue: Queue, message: Message, verdict: Verdict) => void;

/**
 * Plays SQS and Lambda for one queue: hands each visible message to the consumer and does what its verdict says. A
 * consumer that throws gets the message again, later and later, and at last it is buried with the error.
 */
export async function consume(
  queue: Queue,
  consumer: Consumer,
  clock: Clock,
  observe: Consumed = () => {},
): Promise<void> {
  const now = clock.now();
  for (const message of await queue.receive(now, now + visibilitySeconds * 1000)) {
    const verdict = await verdictOf(consumer, message);
    if (verdict.verdict === 'done') await queue.remove(message.id);
    else if (verdict.verdict === 'retry') await queue.hide(message.id, clock.now() + verdict.afterSeconds * 1000);
    else await queue.bury(message, verdict.reason, verdict.errorClass);
    observe(queue, message, verdict);
  }
}

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
