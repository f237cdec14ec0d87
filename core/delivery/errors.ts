/** A retry cannot help: a revoked webhook, a message that the provider rejects. The message goes to the dead-letter queue. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
}

/** A retry may help: a timeout, a 5xx status, a rate limit. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
  /** The wait before the next attempt that the provider requested, in seconds. Undefined if it requested none. */
  readonly retryAfterSeconds: number | undefined;
  /** Whether the message may have arrived despite the error: it was sent, but got no clear response. @default false */
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

/** Some recipients of a channel have the message and others do not. `rest` is the error for the others. */
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
