/** A message that could not be delivered or parsed. */
export interface DeadLetter {
  /** Unique among dead letters. Its first characters are sufficient to identify it. */
  id: string;
  /** The queue that it came from, or the dead-letter queue if that is not known. */
  queue: string;
  /** Why it was moved to the dead-letter queue; undefined if the consumer gave no reason. */
  reason?: string | undefined;
  errorClass?: string | undefined;
  attempts: number;
  /** When it was sent, in epoch milliseconds. */
  sentAt: number;
  body: string;
}

/** The dead letters of this laptop, or of a deployed stack. */
export interface DeadLetters {
  readonly timeZone: string;
  /** All dead letters, the oldest first. */
  list(): Promise<DeadLetter[]>;
  /** Moves a listed dead letter back to its queue. @throws {UserError} if it did not come from a queue */
  redrive(letter: DeadLetter): Promise<void>;
  /** Releases the dead letters that were listed but not redriven. Call it before the process ends. */
  close(): Promise<void>;
}

const redrive = 'then redrive it';

/** What to do about a dead letter, by its error class. */
export const adviceFor = ({ errorClass }: Pick<DeadLetter, 'errorClass'>): string =>
  ({
    malformed: 'Fix the sender; the message cannot be parsed',
    'unreadable-signal': 'Fix the sender; the message cannot be parsed',
    'unknown-channel': `Add the channel to the config again, ${redrive}`,
    'wrong-kind': `Change the channel back to its former type, ${redrive}`,
    'unknown-job': `Add the batch job to the config, ${redrive}`,
    permanent: `Fix the cause in the reason, ${redrive}`,
    'partly-delivered': `Fix the cause in the reason, ${redrive}; recipients who have the message do not receive it again`,
    exhausted: `Make sure that the channel works again, ${redrive}`,
  })[errorClass ?? ''] ?? `Find the cause in the logs, ${redrive}`;
