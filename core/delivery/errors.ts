/** Trying again cannot help: a revoked webhook, a message that the provider refuses. Ends in the dead-letter queue. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
}

/** Trying again may help: a timeout, a 5xx, a rate limit. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
  /** When the provider asked to be called again, in seconds; undefined when it did not say. */
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, options: { retryAfterSeconds?: number | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
