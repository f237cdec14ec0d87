import { clip } from '../../core/delivery/clean-text.ts';
import { UserError } from '../../core/user-error.ts';

/** A file of recorded values, or of outages, that cannot be used: every problem with its place. */
export class RecordingError extends UserError {
  override readonly name = 'RecordingError';
}

/** As many problems as a person reads; the rest is counted. */
const mostShown = 10;

/** Gathers what is wrong with a file, so that all of it is said at once and a million bad rows fill no memory. */
export class FileProblems {
  readonly #file: string;
  readonly #shown: string[] = [];
  #count = 0;

  constructor(file: string) {
    this.#file = file;
  }

  get any(): boolean {
    return this.#count > 0;
  }

  /** @param place where it stands: `line 7` */
  add(place: string, says: string): void {
    this.#count += 1;
    if (this.#shown.length < mostShown) this.#shown.push(`  ${place}: ${says}`);
  }

  /** @throws {RecordingError} when anything was found */
  throwAny(): void {
    if (this.#count === 0) return;
    const more = this.#count - this.#shown.length;
    throw new RecordingError(
      [
        `${this.#file} has ${this.#count === 1 ? 'a problem' : `${this.#count.toLocaleString('en-US')} problems`}:`,
        ...this.#shown,
        ...(more > 0 ? [`  and ${more.toLocaleString('en-US')} more`] : []),
      ].join('\n'),
    );
  }
}

/** A value that a file holds, short enough for a line. */
export const clipped = (text: string): string => JSON.stringify(clip(text, 40));
