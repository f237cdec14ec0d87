/** The parts of an error message for a user: the place, the problem, and the fix. */
export interface Finding {
  /** A file, an option, a place in the config. */
  place: string;
  /** Continues the sentence after the place: `is a folder`. */
  found: string;
  /** One or more sentences, without the final period: `Give the path of a file`. */
  fix: string;
}

/**
 * An error that the user can correct. Only its message is printed, without a stack trace. Any other error is a bug in
 * Tocsin.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';

  /** @param what the parts of the message, or a message that contains all three */
  constructor(what: Finding | string, options?: ErrorOptions) {
    super(typeof what === 'string' ? what : `${what.place} ${what.found}. ${what.fix}.`, options);
  }
}
