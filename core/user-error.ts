/** What a person at the keyboard is told: where, what was found there, and what to do about it. */
export interface Finding {
  /** A file, an option, a place in the config. */
  place: string;
  /** Reads on from the place: `is a folder`. */
  found: string;
  /** Whole sentences without the last full stop: `Give the path of a file`. */
  fix: string;
}

/**
 * Something that the user can correct: its message is all that is printed, without a stack trace. Every error that is meant
 * for users is one; anything else is a fault of ours.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';

  /** @param what the parts of the message, or a message that holds all three */
  constructor(what: Finding | string, options?: ErrorOptions) {
    super(typeof what === 'string' ? what : `${what.place} ${what.found}. ${what.fix}.`, options);
  }
}
