import { clip } from '../../core/delivery/clean-text.ts';
import { UserError } from '../../core/user-error.ts';

/** A file of recorded values or outages that cannot be used. The message has each problem with its place. */
export class RecordingError extends UserError {
  override readonly name = 'RecordingError';
}

/** The maximum number of problems in a message; the rest is counted. */
const mostShown = 10;

/** Collects the problems of a file, so that all are reported at once and a million invalid rows do not fill the memory. */
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

  /** @param place the place in the file: `line 7` */
  add(place: string, says: string): void {
    this.#count += 1;
    if (this.#shown.length < mostShown) this.#shown.push(`  ${place}: ${says}`);
  }

  /** @throws {RecordingError} if there is any problem */
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

/** A value of a file, clipped to fit in a line. */
export const clipped = (text: string): string => JSON.stringify(clip(text, 40));
