/** A part of a file that a comment stands above: what the file cannot say itself. */
export class Noted {
  /** A line each. */
  readonly says: readonly string[];
  readonly content: unknown;

  constructor(says: readonly string[], content: unknown) {
    this.says = says;
    this.content = content;
  }
}
