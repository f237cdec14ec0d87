const controls = /[\p{Cc}\p{Cs}]/gu;

/**
 * Text from the world outside, fit for any channel: halves of characters and control characters, which some providers
 * refuse and some terminals obey, become a visible replacement. Line breaks and tabs stay; of a line that was overwritten
 * (a progress bar) the last state stays.
 */
export const cleanText = (text: string): string =>
  text
    .split('\n')
    .map(lastState)
    .join('\n')
    .replace(controls, (found) => (found === '\n' || found === '\t' ? found : '\uFFFD'));

/** What a terminal shows of a line that was overwritten: what came after the last return to its beginning. */
function lastState(line: string): string {
  let end = line.length;
  while (line[end - 1] === '\r') end -= 1;
  // No regular expression: the text may be long, and each of its characters would begin a search of its own.
  return line.slice(line.lastIndexOf('\r', end - 1) + 1, end);
}

/** The same on one line: for titles, subjects and values. */
export const oneLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ').trim();

/**
 * At most `limit` UTF-16 units from the end, for text whose point is there: of a traceback the last line says what went
 * wrong. Cut between characters and marked with an ellipsis.
 */
export const clipStart = (text: string, limit: number): string =>
  text.length <= limit ? text : `…${text.slice(text.length - limit + 1).replace(/^[\uDC00-\uDFFF]/, '')}`;

/** At most `limit` UTF-16 units, cut between characters and marked with an ellipsis. */
export const clip = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
