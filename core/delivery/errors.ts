/** Trying again cannot help: a revoked webhook, a message that the provider refuses. Ends in the dead-letter queue. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
}

/** Trying again may help: a timeout, a 5xx, a rate limit. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
  /** When the provider asked to be called again, in seconds; undefined when it did not say. */
  readonly retryAfterSeconds: number | undefined;
  /** Whether the message may have arrived all the same: it was sent, and no clear answer came. @default false */
  readonly mayHaveArrived: boolean;

  constructor(
    message: string,
    options: { retryAfterSeconds?: number | undefined; mayHaveArrived?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.mayHaveArrived = options.mayHaveArrived ?? false;
  }
}

/** Some recipients of a channel have the message and others do not. `rest` says why not, and whether to try them again. */
export class PartlyDeliveredError extends Error {
  override readonly name = 'PartlyDeliveredError';
  readonly reached: readonly string[];
  readonly rest: PermanentError | TransientError;

  constructor(reached: readonly string[], rest: PermanentError | TransientError) {
    super(rest.message, { cause: rest });
    this.reached = reached;
    this.rest = rest;
  }
}
