import { clip } from './delivery/clean-text.ts';

/**
 * Characters that control a terminal instead of being displayed: control characters (ESC, BEL, C1 …), lone surrogates, marks
 * that change the text direction, and separators that break lines in some terminals.
 */
const controlling = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** A color or font weight: the only escape sequences that Tocsin itself writes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is matched on purpose
const style = /(\u001B\[\d{1,3}(?:;\d{1,3})*m)/;

/** Escaped as in JSON, so that escaped JSON has the same meaning. */
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The maximum length of external text on one line of a terminal. */
const longestLine = 500;

/** Multi-line text that is safe for a terminal: control characters are escaped as `\u001b`. Line breaks and tabs are kept. */
export const terminalText = (text: string): string =>
  text
    .replace(/\r+\n/g, '\n')
    .replace(controlling, (found) => (found === '\n' || found === '\t' ? found : escaped(found)));

/**
 * External text (a response, the output of a job, a row of the history) on one line of a terminal: escaped, with spaces
 * instead of line breaks, and truncated.
 * @param limit in UTF-16 units, before escaping
 */
export function terminalLine(text: string, limit = longestLine): string {
  return terminalText(
    clip(text, limit)
      .replace(/[\s\u0085]+/g, (space) => (/^ +$/.test(space) ? space : ' '))
      .trim(),
  );
}

/**
 * The last step before output to a terminal: like {@link terminalText}, but colors are kept if the terminal supports them.
 */
export const terminalOutput = (text: string, coloured: boolean): string =>
  coloured
    ? text
        .split(style)
        .map((part, i) => (i % 2 === 1 ? part : terminalText(part)))
        .join('')
    : terminalText(text);
