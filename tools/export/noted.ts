/** A part of a file with a comment above it. */
export class Noted {
  /** The lines of the comment. */
  readonly says: readonly string[];
  readonly content: unknown;

  constructor(says: readonly string[], content: unknown) {
    this.says = says;
    this.content = content;
  }
}
