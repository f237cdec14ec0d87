/** A message that nobody could deliver, or understand. */
export interface DeadLetter {
  /** Unique among dead letters; its first characters are enough to name it. */
  id: string;
  /** The queue that it lay in, or the dead-letter queue where that is not known. */
  queue: string;
  /** Why it was parked; undefined when its consumer could not say. */
  reason?: string | undefined;
  errorClass?: string | undefined;
  attempts: number;
  /** When it was sent, in epoch milliseconds. */
  sentAt: number;
  body: string;
}

/** Where dead letters wait: on this laptop, or in the queues of a deployed stack. */
export interface DeadLetters {
  readonly timeZone: string;
  /** All that wait, the oldest first. */
  list(): Promise<DeadLetter[]>;
  /** Puts one that was listed back into its queue. @throws {UserError} when it has none to go back to */
  redrive(letter: DeadLetter): Promise<void>;
  /** What has to be done with the ones that were listed, and not sent again, before this process ends. */
  close(): Promise<void>;
}

const redrive = 'then send it again';

/** What to do about a dead letter, by why it was parked. */
export const adviceFor = ({ errorClass }: Pick<DeadLetter, 'errorClass'>): string =>
  ({
    malformed: 'Correct whoever sends it; it cannot be understood as it is',
    'unreadable-signal': 'Correct whoever sends it; it cannot be understood as it is',
    'unknown-channel': `Add the channel to the config again, ${redrive}`,
    'wrong-kind': `Give the channel its former kind again, ${redrive}`,
    'unknown-job': `Add the batch job to the config, ${redrive}`,
    permanent: `Correct what the reason says, ${redrive}`,
    'partly-delivered': `Correct what the reason says, ${redrive}; who has it already does not get it twice`,
    exhausted: `See that the channel works again, ${redrive}`,
  })[errorClass ?? ''] ?? `Find the cause in the logs, ${redrive}`;
