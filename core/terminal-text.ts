import { clip } from './delivery/clean-text.ts';

/**
 * What a terminal obeys rather than shows: control characters (ESC, BEL, C1 …), halves of characters, marks that turn the
 * direction of writing, and separators that some terminals break lines at.
 */
const obeyed = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** A colour or weight, which is all that Tocsin itself tells a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const style = /(\u001B\[\d{1,3}(?:;\d{1,3})*m)/;

/** As JSON writes it, so that escaped JSON is the same JSON. */
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The longest text from outside that stands on one line of a terminal. */
const longestLine = 500;

/** Text of several lines, fit for a terminal: what a terminal would obey is shown as `\u001b`. Line breaks and tabs stay. */
export const terminalText = (text: string): string =>
  text.replace(/\r+\n/g, '\n').replace(obeyed, (found) => (found === '\n' || found === '\t' ? found : escaped(found)));

/**
 * Text from outside (a target's answer, a job's output, a row of the history) on one line of a terminal: escaped, line
 * breaks as spaces, and clipped.
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
 * The last step before a terminal: like {@link terminalText}, but the colours that Tocsin gave a text stay where the terminal
 * shows them.
 */
export const terminalOutput = (text: string, coloured: boolean): string =>
  coloured
    ? text
        .split(style)
        .map((part, i) => (i % 2 === 1 ? part : terminalText(part)))
        .join('')
    : terminalText(text);
